// An order as a simulated marketplace keeps it, and what can happen to it.
//
// Unit    fen
// Errors  rejected for an event that the state does not know
// Source  upstream.md 4.5 and 9
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/core/transitions.hpp"
#include "shared/marketplace/marketplace.hpp"

namespace sampan {

// What happens on the market: to orders first, then to offers and to the buyer's balance.
enum class MarketEvent {
  placed,
  paid,
  payment_timed_out,
  buyer_cancelled,
  seller_closed,
  dispatched,
  arrived,
  refund_asked,
  refund_granted,
  stock_set,
  price_set,
  taken_off_sale,
  put_on_sale,
  deposited,
};
WORDS(MarketEvent, placed, paid, payment_timed_out, buyer_cancelled, seller_closed, dispatched, arrived, refund_asked,
      refund_granted, stock_set, price_set, taken_off_sale, put_on_sale, deposited)

using MarketOrderTransition = Transition<UpstreamState, MarketEvent>;
inline constexpr auto market_order_transitions = [] {
  using S = UpstreamState;
  using E = MarketEvent;
  return std::array{
      // clang-format off
      //                    from                 on                    to
      MarketOrderTransition{S::awaiting_payment, E::paid,              S::paid},
      MarketOrderTransition{S::awaiting_payment, E::payment_timed_out, S::closed},
      MarketOrderTransition{S::awaiting_payment, E::buyer_cancelled,   S::closed},
      MarketOrderTransition{S::awaiting_payment, E::seller_closed,     S::closed},
      MarketOrderTransition{S::paid,             E::dispatched,        S::shipped},
      MarketOrderTransition{S::paid,             E::seller_closed,     S::refunded},
      MarketOrderTransition{S::paid,             E::refund_asked,      S::refunding},
      MarketOrderTransition{S::shipped,          E::arrived,           S::received},
      MarketOrderTransition{S::shipped,          E::refund_asked,      S::refunding},
      MarketOrderTransition{S::received,         E::refund_asked,      S::refunding},
      MarketOrderTransition{S::refunding,        E::refund_granted,    S::refunded},
      // clang-format on
  };
}();
static_assert(is_deterministic(market_order_transitions), "one event in one state has one outcome");

struct MarketOrderLine {
  ProductId product_id;
  SkuId sku_id;           // as listed outside
  std::string order_key;  // 1688's specId, or empty
  int64_t quantity = 0;
  UnitPrice unit_price;
};
FIELDS(MarketOrderLine, product_id, sku_id, order_key, quantity, unit_price)

// What the market does by itself when the time has come.
struct DueEvent {
  Instant at{};
  MarketEvent on{};
};
FIELDS(DueEvent, at, on)

struct MarketOrder {
  UpstreamOrderId upstream_order_id;  // 19 digits
  PurchaseId purchase_id;             // the buyer's own key, 1688's outOrderId
  SellerId seller_id;
  UpstreamState state = UpstreamState::awaiting_payment;
  std::vector<MarketOrderLine> lines;
  int64_t goods_fen = 0;
  int64_t freight_fen = 0;
  int64_t paid_fen = 0;
  int64_t refunded_fen = 0;
  std::vector<UpstreamShipment> shipments;
  Instant created_at{};
  std::optional<DueEvent> due;
};
FIELDS(MarketOrder, upstream_order_id, purchase_id, seller_id, state, lines, goods_fen, freight_fen, paid_fen,
       refunded_fen, shipments, created_at, due)

inline int64_t total_fen(const MarketOrder& order) { return order.goods_fen + order.freight_fen; }

}  // namespace sampan
