// Any bytes as a reply or a push of Taobao: read as what a shop can use, or refused with an error that says so.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "shared/marketplace/taobao/errors.hpp"
#include "shared/marketplace/taobao/order.hpp"
#include "shared/marketplace/taobao/parse_reply.hpp"
#include "shared/marketplace/taobao/product.hpp"
#include "shared/marketplace/taobao/purchase.hpp"
#include "shared/marketplace/taobao/push.hpp"
#include "shared/marketplace/taobao/top_item.hpp"
#include "shared/marketplace/taobao/top_search.hpp"

namespace {

using namespace sampan;
using namespace sampan::taobao;

void must(bool holds) {
  if (!holds) std::abort();
}

void check_reading(const ProductReading& reading, bool can_be_ordered) {
  const Product& product = reading.product;
  must(!product.skus.empty() && product.skus.size() == reading.stock.size());
  must(product.moq >= 1 && product.lot_size >= 1 && !product.key.product_id.is_empty());
  must(product.is_buyable == can_be_ordered);
  for (const Sku& sku : product.skus) {
    must(!sku.sku_id.is_empty());
    must(sku.order_key.empty() != can_be_ordered);
    must(sku.unit_price ? sku.unit_price->ten_thousandths > 0 : !product.is_on_sale);
  }
  for (const SkuStock& stock : reading.stock) must(stock.level.quantity >= 0);
}

void check_replies(const Json& json) {
  if (const auto reading = parse_product(json, Instant{})) check_reading(*reading, true);
  if (const auto reading = parse_item(json, Instant{})) check_reading(*reading, false);
  if (const auto readings = parse_item_infos(json, Instant{}))
    for (const ProductReading& reading : *readings) check_reading(reading, false);
  if (const auto sums = parse_render(json)) must(sums->goods.minor >= 0 && sums->freight.minor >= 0);
  if (const auto created = parse_created(json)) must(!created->empty() && !created->front().is_empty());
  if (const auto page = parse_orders(json))
    for (const BuyerOrder& each : page->orders)
      must(each.order.goods.minor >= 0 && !each.order.items.empty() && each.line_ids.size() == each.order.items.size());
}

// Whatever is read is the protocol's JSON, and whatever is not says why.
void check_parsers(const Json& json) {
  for (const ParserRow& row : parsers()) {
    const auto parsed = parse_reply(row.api, json);
    must(parsed ? parse_json(*parsed).has_value() : !parsed.error().sentence.empty());
  }
  const auto by_shape = parse_reply("", json);
  must(by_shape ? parse_json(*by_shape).has_value() : !by_shape.error().sentence.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const HttpReply reply{200, {}, text};
  (void)parse_push(text);
  (void)is_token_answer(reply);
  must(is_quota_answer(reply) || !ban_of(reply));
  if (const auto key = parse_order_key(text)) must(order_key_text(*key) == text);
  const auto json = parse_json(text);
  if (!json) return 0;
  check_replies(*json);
  check_parsers(*json);
  return 0;
}
