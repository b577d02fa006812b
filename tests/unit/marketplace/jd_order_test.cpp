// An order of VOP: its sums, its state, and what becomes of it when JD splits it.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/jd/order.hpp"
#include "shared/marketplace/jd/track.hpp"
#include "tests/unit/marketplace/jd_replies.hpp"

namespace sampan::jd {
namespace {

using States = std::vector<UpstreamState>;

Result<SplitOrder> order_with(const std::string& name, const std::string& from, const std::string& to) {
  return parse_order(json_of(reply_with(name, from, to)));
}

}  // namespace

TEST_CASE("a single order has its goods, its freight and its lines", "[marketplace]") {
  const auto split = parse_order(json_of(reply_text("order")));
  REQUIRE(split);
  const UpstreamOrder& order = split->order;
  CHECK(order.upstream_order_id.value == "71411883073");
  CHECK(order.state == UpstreamState::awaiting_payment);
  CHECK(order.goods == Money{18080, cny()});
  CHECK(order.freight == Money{600, cny()});
  REQUIRE(order.items.size() == 2);
  CHECK(order.items[0].sku_id.value == "100012043978");
  CHECK(order.items[0].order_key == "100012043978");
  CHECK(order.items[0].quantity == 2);
  REQUIRE(split->children.size() == 1);
  CHECK(split->children[0].upstream_order_id.value == "71411883073");
}

TEST_CASE("a price may contain the freight or not, but nothing else", "[marketplace]") {
  CHECK(order_with("order", "180.8", "186.8")->order.goods == Money{18080, cny()});
  CHECK(order_with("order", "180.8", "\"180.80\"")->order.goods == Money{18080, cny()});
  check_error(order_with("order", "180.8", "180.81"), ErrorCode::bad_reply, "/result/orderPrice");
  check_error(order_with("order", "\"freight\": 6", "\"freight\": -6"), ErrorCode::bad_reply, "/result/orderPrice");
}

TEST_CASE("gifts and accessories are no lines of ours", "[marketplace]") {
  const std::string gift = R"("sku": [{"skuId":9,"num":1,"price":0,"type":2},{"skuId":8,"num":1,"price":0,"type":1},)";
  const auto split = order_with("order", "\"sku\": [", gift);
  REQUIRE(split);
  CHECK(split->order.items.size() == 2);
  CHECK(split->order.goods == Money{18080, cny()});
}

TEST_CASE("an absurd line is unreadable, not an overflow", "[marketplace]") {
  check_error(order_with("order", "\"num\": 2", "\"num\": 9000000000000000000"), ErrorCode::bad_reply, "num");
  check_error(order_with("order", "\"num\": 2", "\"num\": -2"), ErrorCode::bad_reply, "num");
  check_error(order_with("order", "\"skuId\"", "\"sku\""), ErrorCode::bad_reply, "/result/sku/0/skuId");
}

TEST_CASE("what an order says of itself is one state of ours", "[marketplace]") {
  struct Case {
    const char* why;
    OrderWords words;
    UpstreamState state;
  };
  using enum UpstreamState;
  const Case c = GENERATE(values<Case>({
      {"reserved", {1, 0, 0, 0}, awaiting_payment},
      {"reserved, new", {1, 0, 0, 1}, awaiting_payment},
      {"confirmed", {1, 1, 0, 0}, paid},
      {"new and confirmed", {1, 1, 0, 1}, paid},
      {"waits for its payment", {1, 1, 0, 2}, awaiting_payment},
      {"printed", {1, 1, 0, 7}, paid},
      {"dispatched", {1, 1, 0, 10}, paid},
      {"on its way to a pick-up point", {1, 1, 0, 11}, shipped},
      {"came back from there", {1, 1, 0, 13}, refunding},
      {"picked up", {1, 1, 0, 14}, received},
      {"waits for receipt", {1, 1, 0, 16}, shipped},
      {"delivery came back", {1, 1, 2, 17}, refunding},
      {"finished", {1, 1, 1, 19}, received},
      {"locked", {1, 1, 0, 22}, paid},
      {"at a third-party seller", {1, 1, 0, 29}, paid},
      {"sent by one", {1, 1, 0, 31}, shipped},
      {"delivered, no more is told", {1, 1, 1, 0}, received},
      {"refused at the door", {1, 1, 2, 0}, refunding},
      {"cancelled unconfirmed", {0, 0, 0, 0}, closed},
      {"cancelled after its confirmation", {0, 1, 0, 7}, refunded},
  }));
  CAPTURE(c.why);
  const auto state = upstream_state(c.words);
  REQUIRE(state);
  CHECK(word(*state) == word(c.state));
}

TEST_CASE("a state that nobody knows holds the order", "[marketplace]") {
  check_error(upstream_state({1, 1, 0, 15}), ErrorCode::bad_reply, "jdOrderState 15");
  check_error(upstream_state({1, 1, 3, 0}), ErrorCode::bad_reply, "state 3");
  check_error(order_with("order_split", "\"jdOrderState\": 7", "\"jdOrderState\": 99"), ErrorCode::bad_reply, "99");
}

TEST_CASE("a split order is as far as its least advanced child", "[marketplace]") {
  struct Case {
    const char* why;
    States children;
    UpstreamState state;
  };
  using enum UpstreamState;
  const Case c = GENERATE(values<Case>({
      {"one is sent, one is not", {shipped, paid}, paid},
      {"one is there, one on its way", {received, shipped}, shipped},
      {"both are there", {received, received}, received},
      {"one was cancelled, one goes on", {refunded, shipped}, shipped},
      {"one came back, one is there", {refunding, received}, received},
      {"one came back, one was cancelled", {refunding, refunded}, refunding},
      {"all were cancelled", {closed, closed}, closed},
      {"all gave their money back", {refunded, refunded}, refunded},
      {"one unpaid, one given back", {closed, refunded}, refunded},
  }));
  CAPTURE(c.why);
  CHECK(word(state_of_all(c.children)) == word(c.state));
}

TEST_CASE("a split order has its parent's number, sums and lines, and its children's state", "[marketplace]") {
  const auto split = parse_order(json_of(reply_text("order_split")));
  REQUIRE(split);
  CHECK(split->order.upstream_order_id.value == "71411883073");
  CHECK(split->order.goods == Money{18080, cny()});
  CHECK(split->order.items.size() == 2);
  CHECK(split->order.state == UpstreamState::paid);
  REQUIRE(split->children.size() == 2);
  CHECK(split->children[0].upstream_order_id.value == "70612405692");
  CHECK(split->children[0].state == UpstreamState::shipped);
}

TEST_CASE("a child that was split again stands for its own children", "[marketplace]") {
  const std::string again =
      R"("cOrder": [{"pOrder":{"jdOrderId":5},"submitState":1,"cOrder":[)"
      R"({"pOrder":5,"orderState":1,"jdOrderId":6,"state":1},{"pOrder":5,"orderState":1,"jdOrderId":7,"state":0}]},)";
  const auto split = order_with("order_split", "\"cOrder\": [", again);
  REQUIRE(split);
  REQUIRE(split->children.size() == 4);
  CHECK(split->children[0].upstream_order_id.value == "6");
  CHECK(split->children[0].state == UpstreamState::received);
  CHECK(split->children[1].upstream_order_id.value == "7");
}

TEST_CASE("an order is found by our key, or nobody has it", "[marketplace]") {
  CHECK(parse_found(json_of(reply_text("found")))->value == "71411883073");
  check_error(parse_found(json_of(reply_text("found_none"))), ErrorCode::not_found);
  check_error(parse_found(json_of(R"({"success":true,"result":null})")), ErrorCode::bad_reply, "/result");
  CHECK(find_call({"pur_example"}).parameters[0].value == "pur_example");
}

TEST_CASE("what was confirmed or cancelled before is done", "[marketplace]") {
  CHECK(parse_confirmed(json_of(reply_text("confirmed"))));
  CHECK(parse_confirmed(json_of(reply_text("confirmed_before"))));
  CHECK(parse_cancelled(json_of(reply_text("cancelled"))));
  CHECK(parse_cancelled(json_of(reply_text("cancelled_before"))));
  check_error(parse_confirmed(json_of(reply_text("cancelled_before"))), ErrorCode::rejected);
  check_error(parse_cancelled(json_of(reply_text("confirmed_before"))), ErrorCode::rejected);
  check_error(parse_cancelled(json_of(reply_text("cancel_too_late"))), ErrorCode::rejected, "3204");
  check_error(parse_confirmed(json_of(R"({"success":true,"resultCode":"0000","result":false})")), ErrorCode::rejected);
  check_error(parse_confirmed(json_of(R"({"success":true,"resultCode":"0000"})")), ErrorCode::bad_reply, "/result");
}

TEST_CASE("a track tells its steps in China's time and each waybill once", "[marketplace]") {
  const auto track = parse_track(json_of(reply_text("track")));
  REQUIRE(track);
  REQUIRE(track->steps.size() == 2);
  CHECK(text(track->steps[0].at) == "2026-11-24T01:42:19.000Z");
  REQUIRE(track->shipments.size() == 1);
  CHECK(track->shipments[0].carrier == "京东快递");
  CHECK(track->shipments[0].tracking_number.value == "JDVA00112233445");
  check_error(parse_track(json_of(reply_with("track", "2026-11-24 09:42:19", "yesterday"))), ErrorCode::bad_reply,
              "/result/orderTrack/0/msgTime");
  const auto wordy = parse_track(json_of(reply_with("track", "JDVA00112233445", "无需物流")));
  CHECK(wordy->shipments.size() == 1);
}

}  // namespace sampan::jd
