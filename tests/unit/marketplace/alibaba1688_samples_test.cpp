// Whole recordings and the platform's own document samples, which are not ours to keep in the repository: read where the
// environment variable SAMPAN_SAMPLES names a folder of them, with a folder samples/1688 inside.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <optional>

#include "shared/marketplace/alibaba1688/errors.hpp"
#include "shared/marketplace/alibaba1688/logistics.hpp"
#include "shared/marketplace/alibaba1688/order.hpp"
#include "shared/marketplace/alibaba1688/product.hpp"
#include "shared/marketplace/alibaba1688/purchase.hpp"
#include "shared/marketplace/alibaba1688/push.hpp"
#include "shared/marketplace/alibaba1688/search.hpp"

namespace sampan::alibaba1688 {
namespace {

template <class T>
std::string said(const Result<T>& result, const std::function<std::string(const T&)>& what) {
  return result ? what(*result) : std::string(word(result.error().code));
}

std::string product_said(const Json& json) {
  return said<ProductReading>(parse_product(json, Instant{}), [](const ProductReading& reading) {
    const Product& product = reading.product;
    std::string text = product.key.product_id.value + " x" + std::to_string(product.skus.size());
    for (const Sku& sku : product.skus)
      text += " " + std::to_string(unit_price_at(product, sku, product.moq)->ten_thousandths) + "/" +
              std::to_string(stock_of(reading, sku.sku_id).quantity);
    return text;
  });
}

std::string pushed(const std::string& text) {
  return said<PushMessage>(parse_push(text), [](const PushMessage& message) {
    std::string all = message.message_id;
    for (const UpstreamOrderId& id : message.orders) all += " order " + id.value;
    for (const StockChange& change : message.stock_changes)
      all += " sku " + change.sku_id.value + "=" + std::to_string(change.level.quantity);
    return all;
  });
}

std::string created(const Json& json) {
  return said<std::vector<UpstreamOrderId>>(parse_created(json), [](const std::vector<UpstreamOrderId>& ids) {
    std::string all;
    for (const UpstreamOrderId& id : ids) all += (all.empty() ? "" : " ") + id.value;
    return all;
  });
}

std::string gateway_said(const std::string& text) {
  return said<Json>(read_reply({200, {}, text}), [](const Json&) { return std::string("fine"); });
}

std::string with_json(const std::string& text, const std::function<std::string(const Json&)>& what) {
  return said<Json>(read_reply({200, {}, text}), what);
}

struct Expectation {
  std::function<std::string(const std::string&)> reading;
  std::string said;
};

const std::string relayed_skus = "676651652931 x6 149000/1030 149000/591 149000/825 139000/145 139000/0 139000/0";

std::string previewed(const std::string& text) {
  return with_json(text, [](const Json& json) {
    return said<Preview>(parse_preview(json), [](const Preview& preview) {
      return std::to_string(preview.sums.goods.minor) + "+" + std::to_string(preview.sums.freight.minor) + " " +
             preview.trade_type;
    });
  });
}

std::string order_said(const std::string& text) {
  return with_json(text, [](const Json& json) {
    return said<BuyerOrder>(parse_order(json), [](const BuyerOrder& read) {
      return read.order.upstream_order_id.value + " " + std::string(word(read.order.state)) + " " +
             std::to_string(read.order.goods.minor) + "+" + std::to_string(read.order.freight.minor) + " x" +
             std::to_string(read.order.items.size()) + " " + read.sub_orders[0].id;
    });
  });
}

std::string shipped(const std::string& text) {
  return with_json(text, [](const Json& json) {
    return said<std::vector<UpstreamShipment>>(parse_logistics(json), [](const std::vector<UpstreamShipment>& all) {
      return std::to_string(all.size()) + " by " + all[0].carrier;
    });
  });
}

const std::map<std::string, Expectation> expectations = {
    {"error-acl.json", {gateway_said, "auth"}},
    {"error-frequency.json", {gateway_said, "quota"}},
    {"error-legacy-401.json", {gateway_said, "auth"}},
    {"error-signature.json", {gateway_said, "auth"}},
    {"failed-messages-page.json", {gateway_said, "fine"}},
    {"logistics-infos-not-shipped.json", {shipped, "not_found"}},
    {"logistics-infos.json", {shipped, "1 by 8"}},
    {"logistics-trace.json", {gateway_said, "fine"}},
    {"order-create-cross-doc-flat.json", {[](const auto& t) { return with_json(t, created); }, "87407346014789305"}},
    {"order-create-cross-ok.json", {[](const auto& t) { return with_json(t, created); }, "87407346014789305"}},
    {"order-create-failed-offer.json", {[](const auto& t) { return with_json(t, created); }, "sold_out"}},
    {"order-create-multi.json",
     {[](const auto& t) { return with_json(t, created); }, "105581756010628640 105637283010628640"}},
    {"order-detail-buyer-view.json", {order_said, "58218860983545941 refunding 15+600 x3 128403042259997715"}},
    {"order-preview-below-moq.json", {previewed, "below_moq"}},
    {"order-preview-ok.json", {previewed, "3600+800 nzassure"}},
    {"order-preview-out-of-stock.json", {previewed, "sold_out"}},
    {"pay-url-partial.json", {gateway_said, "fine"}},
    {"pay-url-single.json", {gateway_said, "fine"}},
    {"product-detail-relayed.json",  // in the envelope of who relayed it
     {[](const std::string& t) {
        return product_said(*parse_json(R"({"result":{"result":)" + json_text(*parse_json(t)->find("data")) + "}}"));
      },
      relayed_skus}},
    {"product-detail.json", {[](const auto& t) { return with_json(t, product_said); }, relayed_skus}},
    {"protocol-pay-ok.json",
     {[](const auto& t) {
        return with_json(t, [](const Json& json) { return std::string(*parse_payment(json) ? "paid" : "not paid"); });
      },
      "paid"}},
    {"push-inventory-change.json", {pushed, "7565094249 sku 1234567890=20"}},
    {"push-logistics-trace.json", {pushed, "7565094250 order 2938624554509662976"}},
    {"push-order-pay.json", {pushed, "92705609220 order 2237938826932135493"}},
    {"push-price-modify.json", {pushed, "7565094248 order 167539019420540000"}},
    {"search-keyword.json",
     {[](const auto& t) {
        return with_json(t, [](const Json& json) {
          const auto page = parse_search(json);
          return std::to_string(page->total) + " x" + std::to_string(page->products.size());
        });
      },
      "2000 x2"}},
    {"token.json", {gateway_said, "fine"}},
};

}  // namespace

TEST_CASE("recorded replies of 1688 are understood, each file of them", "[marketplace]") {
  const char* const samples = std::getenv("SAMPAN_SAMPLES");
  if (samples == nullptr) SKIP("SAMPAN_SAMPLES names no folder of recordings");
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(samples) / "samples/1688")) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".json") continue;
    ++files;
    CAPTURE(name);
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    const auto expected = expectations.find(name);
    REQUIRE(expected != expectations.end());
    CHECK(expected->second.reading(text) == expected->second.said);
  }
  CHECK(files == expectations.size());
}

}  // namespace sampan::alibaba1688
