#include "tests/story/faults.hpp"

namespace sampan::story {
namespace {

// One call, struck or not.
template <class Call>
auto struck(Faults& faults, std::string_view where, Call&& call) -> decltype(call()) {
  const auto strike = faults.at(where, true);
  if (!strike) return call();
  switch (*strike) {
    case Strike::crash_before: faults.crash(where); break;
    case Strike::error_before: return fail(ErrorCode::retry_later, "The other side is not well.", std::string(where));
    case Strike::unknown_before: return fail(ErrorCode::outcome_unknown, "No answer in time.", std::string(where));
    case Strike::crash_after:
    case Strike::unknown_after: break;
  }
  const auto answer = call();
  if (*strike == Strike::crash_after) faults.crash(where);
  return fail(ErrorCode::outcome_unknown, "No answer in time.", std::string(where));
}

}  // namespace

std::optional<Strike> Faults::at(std::string_view where, bool is_call) {
  const auto point = static_cast<int64_t>(points_.size());
  points_.push_back({std::string(where), is_call});
  if (struck_ || point != fault_.point) return std::nullopt;
  struck_ = true;
  return fault_.strike;
}

void Faults::crash(std::string_view where) const { throw Crash{std::string(where)}; }

Result<void> StruckDatabase::transact(const Work& work) {
  const auto strike = faults_.at("commit", false);
  const auto outcome = inner_.transact([&](Transaction& tx) -> Result<void> {
    TRY_DO(work(tx));
    if (strike == Strike::crash_before) faults_.crash("commit");
    return done();
  });
  if (strike) faults_.crash("commit");
  return outcome;
}

Result<SearchPage> StruckMarketplace::search(const ProductSearch& search) {
  return struck(faults_, "search", [&] { return inner_.search(search); });
}
Result<ProductReading> StruckMarketplace::read_product(const ProductId& id) {
  return struck(faults_, "read_product", [&] { return inner_.read_product(id); });
}
Result<PurchasePreview> StruckMarketplace::preview_purchase(const PurchaseRequest& request) {
  return struck(faults_, "preview_purchase", [&] { return inner_.preview_purchase(request); });
}
Result<std::vector<UpstreamOrder>> StruckMarketplace::place_purchase(const PurchaseRequest& request) {
  return struck(faults_, "place_purchase", [&] { return inner_.place_purchase(request); });
}
Result<std::vector<UpstreamOrder>> StruckMarketplace::find_purchase(const PurchaseId& id) {
  return struck(faults_, "find_purchase", [&] { return inner_.find_purchase(id); });
}
Result<void> StruckMarketplace::pay_order(const UpstreamOrderId& id) {
  return struck(faults_, "pay_order", [&] { return inner_.pay_order(id); });
}
Result<UpstreamOrder> StruckMarketplace::read_order(const UpstreamOrderId& id) {
  return struck(faults_, "read_order", [&] { return inner_.read_order(id); });
}
Result<void> StruckMarketplace::cancel_order(const UpstreamOrderId& id) {
  return struck(faults_, "cancel_order", [&] { return inner_.cancel_order(id); });
}
Result<void> StruckMarketplace::request_refund(const UpstreamOrderId& id) {
  return struck(faults_, "request_refund", [&] { return inner_.request_refund(id); });
}

Result<PaymentPage> StruckProvider::open_page(const Payment& payment) {
  return struck(faults_, "open_page", [&] { return inner_.open_page(payment); });
}
Result<ProviderAnswer> StruckProvider::ask(const ProviderId& id) {
  return struck(faults_, "ask", [&] { return inner_.ask(id); });
}
Result<void> StruckProvider::expire(const ProviderId& id) {
  return struck(faults_, "expire", [&] { return inner_.expire(id); });
}
Result<bool> StruckProvider::has_refund(const RefundId& refund_id, const ProviderId& payment) {
  return struck(faults_, "has_refund", [&] { return inner_.has_refund(refund_id, payment); });
}
Result<void> StruckProvider::refund(const Refund& refund, const ProviderId& payment) {
  return struck(faults_, "refund", [&] { return inner_.refund(refund, payment); });
}

Result<Booking> StruckCarrier::book(const ParcelBooking& booking) {
  return struck(faults_, "book", [&] { return inner_.book(booking); });
}
Result<std::optional<Booking>> StruckCarrier::find_booking(const ParcelId& id) {
  return struck(faults_, "find_booking", [&] { return inner_.find_booking(id); });
}
Result<std::vector<TrackingEvent>> StruckCarrier::track(const TrackingNumber& number) {
  return struck(faults_, "track", [&] { return inner_.track(number); });
}

}  // namespace sampan::story
