// Where a story can be struck: every commit and every call of a port, each in more than one way. A run without a fault
// counts the points; then each point is struck in a run of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/usecase/ports.hpp"

namespace sampan::story {

// The process dies here. Not a std::exception: nothing in the shop could mistake it for an error.
struct Crash {
  std::string where;
};

enum class Strike {
  crash_before,    // of a commit: what the act wrote is gone; of a call: it never went out
  crash_after,     // the commit is on the disk, the call has taken effect, and nobody heard of it
  error_before,    // of a call: it fails and nothing happened
  unknown_before,  // of a call: time-out; nothing happened
  unknown_after,   // of a call: time-out; it has taken effect
};
WORDS(Strike, crash_before, crash_after, error_before, unknown_before, unknown_after)

struct Fault {
  int64_t point = -1;
  Strike strike{};
};

class Faults {
 public:
  explicit Faults(Fault fault = {}) : fault_(fault) {}

  // What strikes at this point, which is counted.
  std::optional<Strike> at(std::string_view where, bool is_call);
  void crash(std::string_view where) const;

  // The names of all points that were passed, in their order; commits have no error strikes.
  struct Point {
    std::string where;
    bool is_call = false;
  };
  const std::vector<Point>& points() const { return points_; }
  bool has_struck() const { return struck_; }

 private:
  Fault fault_;
  std::vector<Point> points_;
  bool struck_ = false;
};

// The ports that a story's shop is given: the real thing behind them, struck where the plan says.
class StruckDatabase final : public Database {
 public:
  StruckDatabase(Database& inner, Faults& faults) : inner_(inner), faults_(faults) {}
  Result<void> transact(const Work& work) override;

 private:
  Database& inner_;
  Faults& faults_;
};

class StruckMarketplace final : public Marketplace {
 public:
  StruckMarketplace(Marketplace& inner, Faults& faults) : inner_(inner), faults_(faults) {}
  MarketplaceName name() const override { return inner_.name(); }
  Result<SearchPage> search(const ProductSearch& search) override;
  Result<ProductReading> read_product(const ProductId& product_id) override;
  Result<PurchasePreview> preview_purchase(const PurchaseRequest& request) override;
  Result<std::vector<UpstreamOrder>> place_purchase(const PurchaseRequest& request) override;
  Result<std::vector<UpstreamOrder>> find_purchase(const PurchaseId& purchase_id) override;
  bool repeat_is_safe() const override { return inner_.repeat_is_safe(); }
  Duration listing_lag() const override { return inner_.listing_lag(); }
  Result<void> pay_order(const UpstreamOrderId& id) override;
  Result<UpstreamOrder> read_order(const UpstreamOrderId& id) override;
  Result<void> cancel_order(const UpstreamOrderId& id) override;
  Result<void> request_refund(const UpstreamOrderId& id) override;

 private:
  Marketplace& inner_;
  Faults& faults_;
};

class StruckProvider final : public PaymentProvider {
 public:
  StruckProvider(PaymentProvider& inner, Faults& faults) : inner_(inner), faults_(faults) {}
  Result<PaymentPage> open_page(const Payment& payment) override;
  Result<ProviderAnswer> ask(const ProviderId& id) override;
  Result<void> expire(const ProviderId& id) override;
  Result<bool> has_refund(const RefundId& refund_id, const ProviderId& payment) override;
  Result<void> refund(const Refund& refund, const ProviderId& payment) override;

 private:
  PaymentProvider& inner_;
  Faults& faults_;
};

class StruckCarrier final : public Carrier {
 public:
  StruckCarrier(Carrier& inner, Faults& faults) : inner_(inner), faults_(faults) {}
  Result<Booking> book(const ParcelBooking& booking) override;
  Result<std::optional<Booking>> find_booking(const ParcelId& parcel_id) override;
  Result<std::vector<TrackingEvent>> track(const TrackingNumber& number) override;

 private:
  Carrier& inner_;
  Faults& faults_;
};

}  // namespace sampan::story
