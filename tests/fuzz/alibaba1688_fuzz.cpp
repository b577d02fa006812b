// Any bytes as a reply or a push of 1688: read as what a shop can use, or refused with an error that says so.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "shared/marketplace/alibaba1688/errors.hpp"
#include "shared/marketplace/alibaba1688/logistics.hpp"
#include "shared/marketplace/alibaba1688/order.hpp"
#include "shared/marketplace/alibaba1688/product.hpp"
#include "shared/marketplace/alibaba1688/purchase.hpp"
#include "shared/marketplace/alibaba1688/push.hpp"
#include "shared/marketplace/alibaba1688/refund.hpp"
#include "shared/marketplace/alibaba1688/search.hpp"
#include "shared/marketplace/alibaba1688/token.hpp"

namespace {

using namespace sampan;
using namespace sampan::alibaba1688;

void must(bool holds) {
  if (!holds) std::abort();
}

void check_product(const Json& json) {
  const auto reading = parse_product(json, Instant{});
  if (!reading) return must(!reading.error().sentence.empty());
  const Product& product = reading->product;
  must(!product.skus.empty() && product.skus.size() == reading->stock.size());
  must(product.moq >= 1 && product.lot_size >= 1 && !product.key.product_id.is_empty());
  for (const Sku& sku : product.skus) {
    must(!sku.sku_id.is_empty());
    const auto price = unit_price_at(product, sku, product.moq);
    must(price ? price->ten_thousandths > 0 : !product.is_on_sale);
  }
  for (const SkuStock& stock : reading->stock) must(stock.level.quantity >= 0);
}

void check_order(const Json& json) {
  const auto order = parse_order(json);
  if (!order) return;
  must(order->order.goods.minor >= 0 && !order->order.items.empty());
  must(order->sub_orders.size() == order->order.items.size());
  if (const auto goods = goods_status(*order)) must(!refund_call(*order, *goods, {"1", true}).parameters.empty());
}

void check_replies(const Json& json) {
  check_product(json);
  check_order(json);
  (void)parse_search(json);
  if (const auto preview = parse_preview(json)) must(preview->sums.goods.minor >= 0);
  if (const auto created = parse_created(json)) must(!created->empty() && !created->front().is_empty());
  (void)parse_order_list(json);
  (void)parse_payment(json);
  (void)parse_logistics(json);
  (void)parse_refund_reason(json);
  (void)parse_refund(json);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto push = parse_push(text)) must(!push->message_id.empty() && !push->type.empty());
  if (const auto tokens = parse_tokens({200, {}, text}, Instant{})) must(!tokens->access_token.empty());
  const auto reply = read_reply({200, {}, text});
  if (reply) check_replies(*reply);
  return 0;
}
