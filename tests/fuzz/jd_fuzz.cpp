// Any bytes as a reply of JD, of every API that is known: read as what a shop can use, or refused with an error that says so.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "shared/marketplace/jd/message.hpp"
#include "shared/marketplace/jd/parse_reply.hpp"
#include "shared/marketplace/jd/product.hpp"
#include "shared/marketplace/jd/purchase.hpp"
#include "shared/marketplace/jd/search.hpp"
#include "shared/marketplace/jd/token.hpp"

namespace {

using namespace sampan;
using namespace sampan::jd;

void must(bool holds) {
  if (!holds) std::abort();
}

void check_reading(const ProductReading& reading) {
  const Product& product = reading.product;
  must(!product.skus.empty() && product.skus.size() == reading.stock.size());
  must(product.moq >= 1 && !product.key.product_id.is_empty() && !product.seller_id.is_empty());
  for (const Sku& sku : product.skus) {
    must(!sku.sku_id.is_empty() && sku.order_key == sku.sku_id.value);
    must(sku.unit_price ? sku.unit_price->ten_thousandths > 0 : !product.is_on_sale);
  }
  for (const SkuStock& stock : reading.stock) must(stock.level.quantity >= 0);
}

void check_order(const UpstreamOrder& order) {
  must(order.goods.minor >= 0 && order.freight.minor >= 0 && !order.items.empty());
  for (const PurchaseItem& item : order.items) must(item.quantity > 0);
}

void check_answer(const Json& json) {
  ProductParts parts;
  if (auto detail = parse_detail(json)) parts.detail = *std::move(detail);
  if (parts.detail.sku_id.is_empty()) parts.detail = {{"1"}, "a cup", {}, {"jd"}, {}, true, 1, {}, {}};
  if (auto variants = parse_variants(json)) parts.variants = *std::move(variants);
  if (auto states = parse_sku_states(json)) parts.states = *std::move(states);
  if (auto prices = parse_sell_prices(json)) parts.prices = *std::move(prices);
  if (auto stock = parse_stock(json)) parts.stock = *std::move(stock);
  check_reading(product_of(parts, Instant{}));
  if (const auto split = parse_order(json)) {
    check_order(split->order);
    must(!split->children.empty());
  }
  if (const auto submitted = parse_submitted(json)) check_order(submitted->order);
}

void check_text(const Result<std::string>& text) {
  must(text ? parse_json(*text).has_value() : !text.error().sentence.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto json = parse_json(text)) {
    check_text(parse_reply({}, *json));
    for (const ParserRow& row : parsers()) check_text(parse_reply(row.api, *json));
  }
  const HttpReply reply{200, {}, text};
  (void)is_quota_answer(reply);
  (void)is_token_answer(reply);
  if (const auto answer = read_vop_reply(reply)) check_answer(*answer);
  if (const auto answer = read_jos_reply(reply)) {
    if (const auto page = parse_search(*answer))
      for (const ProductSummary& each : page->products) {
        must(each.price_from.ten_thousandths > 0);
        const auto reading = parse_union_product(*answer, each.key.product_id, Instant{});
        if (reading) check_reading(*reading);
      }
  }
  return 0;
}
