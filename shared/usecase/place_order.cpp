#include "shared/usecase/place_order.hpp"

#include "shared/database/cart_rows.hpp"
#include "shared/database/order_rows.hpp"
#include "shared/database/payment_rows.hpp"
#include "shared/usecase/recording.hpp"
#include "shared/user/principal.hpp"

namespace sampan {
namespace {

// Eight characters that people can read out: no vowels, none that look like another.
std::string order_number(Randomness random) {
  constexpr std::string_view alphabet = "23456789BCDFGHJKLMNPQRSTVWXZ";
  std::string number;
  for (uint64_t bits = random.low; number.size() < 9; bits /= alphabet.size())
    number += number.size() == 4 ? '-' : alphabet[bits % alphabet.size()];
  return number;
}

Result<Order> make_order(const Ports& ports, const Cart& cart, const Quote& quote, const Recipient& recipient) {
  const Instant now = ports.now();
  if (quote.expires_at <= now)
    return fail(ErrorCode::quote_stale, "This price was held for a while and has expired; ask for a new one.");
  if (cart.version != quote.cart_version)
    return fail(ErrorCode::quote_stale, "The cart has changed since this price was made; ask for a new one.");
  TRY_DO(check_recipient(recipient));
  if (recipient.country != quote.request.destination)
    return fail(ErrorCode::bad_input, "The address is in another country than the price was made for.",
                recipient.country);
  return Order{new_id<OrderId>(ports),
               order_number(ports.random()),
               quote.shopper_id,
               OrderState::awaiting_payment,
               quote,
               quote.landed,
               recipient,
               now,
               0};
}

}  // namespace

Result<OrderId> place_order(Ports& ports, const ShopperId& shopper_id, const PlaceOrder& command) {
  return transact<OrderId>(ports.database, [&](Transaction& tx) -> Result<OrderId> {
    TRY(const auto placed_before, find_order_of_quote(tx, shopper(shopper_id), command.quote_id));
    if (placed_before) return placed_before->order_id;
    TRY(const Quote quote, load_quote(tx, shopper(shopper_id), command.quote_id));
    TRY(const Cart cart, load_cart(tx, shopper(shopper_id), quote.cart_id));

    TRY(const Order order, make_order(ports, cart, quote, command.recipient));
    Payment payment;
    payment.payment_id = new_id<PaymentId>(ports);
    payment.order_id = order.order_id;
    payment.purpose = PaymentPurpose::order;
    payment.amount = order.landed.total;
    TRY(payment.charge, charge_of(order.landed));
    payment.expires_at = order.placed_at + ports.terms.payment_window;

    TRY_DO(insert_order(tx, order));
    TRY_DO(insert_payment(tx, payment));
    TRY_DO(announce(tx, ChangeKind::order, order.order_id.value, order.shopper_id, order.placed_at));
    TRY_DO(enqueue_now(tx, ports, JobKind::request_payment, payment.payment_id.value));
    TRY_DO(enqueue_at(tx, ports, JobKind::expire_payment, payment.payment_id.value, payment.expires_at));
    return order.order_id;
  });
}

}  // namespace sampan
