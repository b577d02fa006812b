#include "shared/payment/payment.hpp"

#include "tests/unit/core/machine.hpp"

namespace sampan {

TEST_CASE("a payment is asked for, then captured or expired; nothing else", "[payment]") {
  check_pairs<PaymentState, PaymentEvent>(
      {
          {"created", "requested", "pending"},
          {"created", "expired", "expired"},
          {"pending", "captured", "captured"},
          {"pending", "expired", "expired"},
      },
      [](PaymentState from, PaymentEvent on) { return next_state<PaymentState>(payment_transitions, from, on); });
}

TEST_CASE("every payment comes to an end, and captured money is never expired", "[payment]") {
  check_ways(payment_transitions, Payment{}.state, {"captured", "expired"});
}

TEST_CASE("a refund succeeds once", "[payment]") {
  check_pairs<RefundState, RefundEvent>(
      {{"requested", "succeeded", "succeeded"}},
      [](RefundState from, RefundEvent on) { return next_state<RefundState>(refund_transitions, from, on); });
  check_ways(refund_transitions, Refund{}.state, {"succeeded"});
}

}  // namespace sampan
