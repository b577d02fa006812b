#include "shared/marketplace/alibaba1688/push.hpp"

#include <algorithm>

#include "shared/marketplace/alibaba1688/reply.hpp"

namespace sampan::alibaba1688 {
namespace {

template <class Id>
void add_once(std::vector<Id>& ids, std::string_view written) {
  const Id id{std::string(written)};
  if (!id.is_empty() && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

// "676651652931,676651652932", or one id.
template <class Id>
void add_all(std::vector<Id>& ids, std::string_view joined) {
  while (!joined.empty()) {
    const size_t end = std::min(joined.find(','), joined.size());
    std::string_view id = joined.substr(0, end);
    while (!id.empty() && id.front() == ' ') id.remove_prefix(1);
    add_once(ids, id);
    joined.remove_prefix(std::min(end + 1, joined.size()));
  }
}

// Each type keeps the ids in a model of its own; their names are the same everywhere.
void gather_ids(PushMessage& message, const Json& json) {
  for (const Json& item : json.items) gather_ids(message, item);
  for (const auto& [name, member] : json.members) {
    if (name == "orderId" || name == "orderIds") add_all(message.orders, member.text);
    if (name == "productId" || name == "productIds" || name == "offerId") add_all(message.products, member.text);
    gather_ids(message, member);
  }
}

StockLevel level_of(const Reply& amount) {
  const auto quantity = amount.whole();
  return quantity && *quantity >= 0 ? StockLevel{StockKnowledge::number, *quantity} : StockLevel{};
}

Result<StockChange> parse_stock_change(const Reply& row) {
  StockChange change;
  TRY(change.product_id.value, row["offerId"].required_id());
  const std::string sku = row["skuId"].text();
  const bool has_sku = !sku.empty() && sku != "0";
  change.sku_id.value = has_sku ? sku : change.product_id.value;
  change.level = level_of(row[has_sku ? "skuOnSale" : "offerOnSale"]);
  return change;
}

Result<Json> parse_object(std::string_view text, std::string_view pointer) {
  auto json = parse_json(text);
  if (!json || json->kind != JsonKind::object)
    return fail(ErrorCode::bad_reply, "A message of 1688 cannot be read.", std::string(pointer) + ": JSON is expected");
  return json;
}

}  // namespace

Result<PushMessage> parse_push(std::string_view message) {
  TRY(const Json envelope, parse_object(message, ""));
  const Reply root(envelope);
  PushMessage read;
  TRY(read.message_id, root["msgId"].required_id());
  TRY(read.type, root["type"].required_text());

  const Json* const written = envelope.find("data");
  if (written == nullptr) return root["data"].unreadable("what the message is about");
  Json data = *written;
  if (data.kind == JsonKind::string) {
    TRY(data, parse_object(data.text, "/data"));
  }
  gather_ids(read, data);
  for (const Reply& row : Reply(data)["OfferInventoryChangeList"].items()) {
    TRY(StockChange change, parse_stock_change(row));
    read.stock_changes.push_back(std::move(change));
  }
  return read;
}

}  // namespace sampan::alibaba1688
