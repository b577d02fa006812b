#include "shared/usecase/hear_webhook.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/story/teller.hpp"

namespace sampan::story {
namespace {

// Counts how often the provider is asked, and is not there at first for `unreachable` calls.
class OddProvider final : public PaymentProvider {
 public:
  OddProvider(PaymentProvider& inner, int unreachable) : inner_(inner), unreachable_(unreachable) {}
  Result<PaymentPage> open_page(const Payment& payment) override { return inner_.open_page(payment); }
  Result<ProviderAnswer> ask(const ProviderId& id) override {
    ++asked;
    if (asked <= unreachable_) return fail(ErrorCode::retry_later, "The provider is not there.");
    return inner_.ask(id);
  }
  Result<void> expire(const ProviderId& id) override { return inner_.expire(id); }
  Result<void> refund(const Refund& refund, const ProviderId& payment) override {
    return inner_.refund(refund, payment);
  }
  Result<bool> has_refund(const RefundId& refund_id, const ProviderId& payment) override {
    return inner_.has_refund(refund_id, payment);
  }
  int asked = 0;

 private:
  PaymentProvider& inner_;
  int unreachable_;
};

// An order whose page is paid; the shop has not heard of it.
struct Paid {
  Teller teller;
  Payment payment;
  OddProvider provider;
  Ports ports;

  explicit Paid(int unreachable = 0)
      : payment(ordered()),
        provider(teller.world.provider(), unreachable),
        ports{teller.world.shop().database,
              teller.world.shop().now,
              teller.world.shop().random,
              teller.world.shop().marketplace,
              provider,
              teller.world.shop().carrier,
              teller.world.shop().fetch_rates,
              teller.world.shop().terms} {
    REQUIRE(teller.world.provider().pay(payment.provider_id, teller.world.now()));
  }

  Webhook webhook(const std::string& id) { return {"stripe", id, payment.payment_id, "{}"}; }
  // "evt_1 open", "evt_1 handled"
  std::vector<std::string> kept() {
    return teller.world.stored<std::vector<std::string>>([](Transaction& tx) -> Result<std::vector<std::string>> {
      TRY(const auto rows, tx.select("select message_id, handled_at from message order by message_id", {}));
      std::vector<std::string> all;
      for (const Row& row : rows) all.push_back(row.text(0) + (row.is_null(1) ? " open" : " handled"));
      return all;
    });
  }

 private:
  Payment ordered() {
    teller.finds_and_quotes();
    teller.orders();
    return teller.opened(PaymentPurpose::order);
  }
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("an event has the provider asked once, however often it comes", "[webhook]") {
  Paid paid;
  for (int i = 0; i < 3; ++i) REQUIRE(hear_webhook(paid.ports, paid.webhook("evt_1")));
  CHECK(paid.provider.asked == 1);
  CHECK(paid.teller.order_state() == OrderState::fulfilling);
  CHECK(paid.kept() == Texts{"evt_1 handled"});
}

TEST_CASE("while the provider cannot be asked, an event is kept but not handled, and its repeat settles", "[webhook]") {
  Paid paid(1);
  const auto heard = hear_webhook(paid.ports, paid.webhook("evt_1"));
  REQUIRE(!heard);
  CHECK(heard.error().code == ErrorCode::retry_later);
  CHECK(paid.kept() == Texts{"evt_1 open"});
  CHECK(paid.teller.order_state() == OrderState::awaiting_payment);

  REQUIRE(hear_webhook(paid.ports, paid.webhook("evt_1")));
  CHECK(paid.kept() == Texts{"evt_1 handled"});
  CHECK(paid.teller.order_state() == OrderState::fulfilling);
}

TEST_CASE("an event about nothing of ours is kept, and nobody is asked", "[webhook]") {
  Paid paid;
  REQUIRE(hear_webhook(paid.ports, {"stripe", "evt_1", {}, "{}"}));
  REQUIRE(hear_webhook(paid.ports, {"stripe", "evt_2", {"pay_of_another_shop"}, "{}"}));
  CHECK(paid.provider.asked == 0);
  CHECK(paid.kept() == Texts{"evt_1 handled", "evt_2 handled"});
}

}  // namespace sampan::story
