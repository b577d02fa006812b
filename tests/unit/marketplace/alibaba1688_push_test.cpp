#include "shared/marketplace/alibaba1688/push.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/unit/marketplace/alibaba1688_replies.hpp"

namespace sampan::alibaba1688 {
namespace {

PushMessage read_push(const std::string& text) {
  const auto message = parse_push(text);
  if (!message) FAIL(message.error().context);
  return *message;
}

template <class Id>
std::vector<std::string> texts(const std::vector<Id>& ids) {
  std::vector<std::string> all;
  for (const Id& id : ids) all.push_back(id.value);
  return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a push says which order moved, by an id above 2^53, not by its bizKey", "[marketplace]") {
  const PushMessage message = read_push(reply_text("push_paid"));
  CHECK(message.message_id == "92705609220");
  CHECK(message.type == "ORDER_BUYER_VIEW_ORDER_PAY");
  CHECK(texts(message.orders) == Texts{"2237938826932135493"});
  CHECK(message.products.empty());
  CHECK(message.stock_changes.empty());
}

TEST_CASE("a push whose data is a string is read as well, and an order that it names twice once", "[marketplace]") {
  const PushMessage message = read_push(reply_text("push_trace"));
  CHECK(message.type == "LOGISTICS_BUYER_VIEW_TRACE");
  CHECK(texts(message.orders) == Texts{"2938624554509662976"});
}

TEST_CASE("products come as one text joined by commas", "[marketplace]") {
  const PushMessage message = read_push(reply_text("push_expired"));
  CHECK(message.message_id == "7565094251");
  CHECK(texts(message.products) == Texts{"676651652931", "676651652932"});
}

TEST_CASE("a stock push carries the figures after the change; null is unknown", "[marketplace]") {
  const PushMessage message = read_push(reply_text("push_stock"));
  CHECK(texts(message.products) == Texts{"676651652931", "600000000003"});
  REQUIRE(message.stock_changes.size() == 3);
  CHECK(message.stock_changes[0] == StockChange{{"676651652931"}, {"4878065068300"}, {StockKnowledge::number, 20}});
  CHECK(message.stock_changes[1] == StockChange{{"676651652931"}, {"4878065068296"}, {}});
  CHECK(message.stock_changes[2] == StockChange{{"600000000003"}, {"600000000003"}, {StockKnowledge::number, 588}});
}

TEST_CASE("a message that cannot be read says where", "[marketplace]") {
  struct Case {
    const char* text;
    const char* pointer;
  };
  const Case c = GENERATE(values<Case>({
      {"", ": JSON"},
      {"[]", ": JSON"},
      {R"({"type":"A","data":{}})", "/msgId"},
      {R"({"msgId":1.5,"type":"A","data":{}})", "/msgId"},
      {R"({"msgId":1,"data":{}})", "/type"},
      {R"({"msgId":1,"type":"A"})", "/data"},
      {R"({"msgId":1,"type":"A","data":"{"})", "/data: JSON"},
      {R"({"msgId":1,"type":"A","data":{"OfferInventoryChangeList":[{"skuId":1}]}})",
       "/OfferInventoryChangeList/0/offerId"},
  }));
  CAPTURE(c.text);
  check_error(parse_push(c.text), ErrorCode::bad_reply, c.pointer);
}

}  // namespace sampan::alibaba1688
