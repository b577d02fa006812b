#include "shared/marketplace/jd/order.hpp"

#include <algorithm>
#include <array>

namespace sampan::jd {
namespace {

struct StateRow {
  int64_t first;  // jdOrderState, from
  int64_t last;   // to
  UpstreamState state;
};

constexpr std::array state_rows = {
    StateRow{1, 1, UpstreamState::paid},              // new
    StateRow{2, 3, UpstreamState::awaiting_payment},  // waits for its payment
    StateRow{4, 10, UpstreamState::paid},             // payment, review, print, pack, dispatch
    StateRow{11, 12, UpstreamState::shipped},         // to and at the pick-up point
    StateRow{13, 13, UpstreamState::refunding},       // came back from there
    StateRow{14, 14, UpstreamState::received},        // picked up
    StateRow{16, 16, UpstreamState::shipped},         // waits for receipt
    StateRow{17, 17, UpstreamState::refunding},       // came back
    StateRow{18, 19, UpstreamState::received},        // finished
    StateRow{21, 22, UpstreamState::paid},            // payment confirmed, locked
    StateRow{29, 30, UpstreamState::paid},            // at a third-party seller
    StateRow{31, 31, UpstreamState::shipped},         // sent by them
};

constexpr std::array progress = {UpstreamState::awaiting_payment, UpstreamState::paid, UpstreamState::shipped,
                                 UpstreamState::received};

constexpr std::string_view already_confirmed = "3103";
constexpr std::string_view already_cancelled = "3203";
constexpr int64_t goods_row = 0;  // 1 accessory, 2 gift

bool has(const std::vector<UpstreamState>& states, UpstreamState state) {
  return std::find(states.begin(), states.end(), state) != states.end();
}

Result<int64_t> whole_or(const Reply& at, int64_t otherwise) {
  if (!at.has_value()) return otherwise;
  return at.required_whole();
}

Result<UpstreamState> state_at(const Reply& order, int64_t submit_state) {
  OrderWords words;
  TRY(words.order_state, whole_or(order["orderState"], 1));
  TRY(words.submit_state, whole_or(order["submitState"], submit_state));
  TRY(words.state, whole_or(order["state"], 0));
  TRY(words.jd_order_state, whole_or(order["jdOrderState"], 0));
  return upstream_state(words);
}

// A child that was split again stands for its own children.
Result<void> add_children(std::vector<ChildOrder>& children, const Reply& rows, int64_t submit_state) {
  for (const Reply& row : rows.items()) {
    TRY(const int64_t submitted, whole_or(row["submitState"], submit_state));
    if (!row["cOrder"].items().empty()) {
      TRY_DO(add_children(children, row["cOrder"], submitted));
      continue;
    }
    ChildOrder child;
    TRY(child.upstream_order_id.value, row["jdOrderId"].required_id());
    TRY(child.state, state_at(row, submitted));
    children.push_back(std::move(child));
  }
  return done();
}

// Of all rows, accessories and gifts too. An absurd sum is unreadable, not an overflow: the order may have been made.
Result<Money> goods_of(const Reply& rows) {
  Money goods{0, cny()};
  for (const Reply& row : rows.items()) {
    TRY(const auto price, row["price"].price());
    TRY(const int64_t quantity, row["num"].required_whole());
    const auto line = line_total(price.value_or(UnitPrice{}), quantity);
    const auto sum = line ? add(goods, *line) : line;
    if (!sum || quantity < 1) return row["num"].unreadable("a number of pieces");
    goods = *sum;
  }
  return goods;
}

Result<void> succeeded(const Json& reply, std::string_view already) {
  const Reply root(reply);
  if (vop_code(root) == already) return done();
  TRY(const Reply result, vop_result(root));
  if (result.is_true()) return done();
  if (result.is_false()) return fail(ErrorCode::rejected, "JD refused.", root["resultMessage"].text());
  return result.unreadable("true or false");
}

}  // namespace

Result<UpstreamState> upstream_state(const OrderWords& words) {
  if (words.order_state == 0) return words.submit_state == 0 ? UpstreamState::closed : UpstreamState::refunded;
  if (words.submit_state == 0) return UpstreamState::awaiting_payment;
  for (const StateRow& row : state_rows)
    if (row.first <= words.jd_order_state && words.jd_order_state <= row.last) return row.state;
  if (words.jd_order_state == 0 && words.state == 0) return UpstreamState::paid;
  if (words.jd_order_state == 0 && words.state == 1) return UpstreamState::received;
  if (words.jd_order_state == 0 && words.state == 2) return UpstreamState::refunding;
  return fail(
      ErrorCode::bad_reply, "JD tells a state that is not known here; look at the order there.",
      "/result: state " + std::to_string(words.state) + ", jdOrderState " + std::to_string(words.jd_order_state));
}

UpstreamState state_of_all(const std::vector<UpstreamState>& states) {
  for (const UpstreamState state : progress)
    if (has(states, state)) return state;
  for (const UpstreamState state : {UpstreamState::refunding, UpstreamState::refunded})
    if (has(states, state)) return state;
  return UpstreamState::closed;
}

VopCall order_call(const UpstreamOrderId& id) {
  return {"order/selectJdOrder", {{"jdOrderId", id.value}, {"queryExts", "jdOrderState"}}};
}

Result<UpstreamOrder> parse_order_sums(const Reply& at) {
  UpstreamOrder order;
  order.state = UpstreamState::awaiting_payment;
  TRY(order.upstream_order_id.value, at["jdOrderId"].required_id());
  TRY(order.freight, at["freight"].required_yuan());
  TRY(const Money whole, at["orderPrice"].required_yuan());
  TRY(order.goods, goods_of(at["sku"]));
  for (const Reply& row : at["sku"].items()) {
    TRY(const int64_t quantity, row["num"].required_whole());
    TRY(const int64_t kind, whole_or(row["type"], goods_row));
    if (kind != goods_row) continue;
    TRY(const std::string sku, row["skuId"].required_id());
    order.items.push_back({{sku}, {sku}, sku, quantity});
  }
  if (order.items.empty()) return at["sku"].unreadable("a line");
  const auto with_freight = add(order.goods, order.freight);
  const bool adds_up = with_freight && (whole == order.goods || whole == *with_freight);
  if (order.freight.minor < 0 || !adds_up)
    return at["orderPrice"].unreadable("the sum of the goods, with or without the freight,");
  return order;
}

Result<SplitOrder> parse_order(const Json& reply) {
  TRY(const Reply result, vop_result(Reply(reply)));
  const bool is_parent = result["pOrder"]["jdOrderId"].has_value();
  SplitOrder read;
  TRY(read.order, parse_order_sums(is_parent ? result["pOrder"] : result));
  TRY(const int64_t submitted, whole_or(result["submitState"], 1));
  if (is_parent) TRY_DO(add_children(read.children, result["cOrder"], submitted));
  if (read.children.empty()) {
    TRY(const UpstreamState itself, state_at(result, submitted));
    read.children.push_back({read.order.upstream_order_id, itself});
  }
  std::vector<UpstreamState> states;
  for (const ChildOrder& child : read.children) states.push_back(child.state);
  read.order.state = state_of_all(states);
  return read;
}

VopCall find_call(const PurchaseId& purchase_id) {
  return {"order/selectJdOrderIdByThirdOrder", {{"thirdOrder", purchase_id.value}}};
}

Result<UpstreamOrderId> parse_found(const Json& reply) {
  TRY(const Reply result, vop_result(Reply(reply)));
  TRY(std::string id, result.required_id());
  return UpstreamOrderId{std::move(id)};
}

VopCall confirm_call(const UpstreamOrderId& id) { return {"order/confirmOrder", {{"jdOrderId", id.value}}}; }

Result<void> parse_confirmed(const Json& reply) { return succeeded(reply, already_confirmed); }

VopCall cancel_call(const UpstreamOrderId& id) { return {"order/cancel", {{"jdOrderId", id.value}}}; }

Result<void> parse_cancelled(const Json& reply) { return succeeded(reply, already_cancelled); }

}  // namespace sampan::jd
