#include "shared/usecase/follow_parcel.hpp"

#include "shared/database/ledger_rows.hpp"
#include "shared/database/order_rows.hpp"
#include "shared/database/parcel_rows.hpp"
#include "shared/usecase/settle_order.hpp"
#include "shared/usecase/settlement.hpp"

namespace sampan {
namespace {

constexpr Duration between_looks = hours(12);

std::optional<ParcelEvent> end_of(const std::vector<TrackingEvent>& track) {
  if (track.empty()) return std::nullopt;
  if (track.back().state == TrackingState::delivered) return ParcelEvent::was_delivered;
  if (track.back().state == TrackingState::lost) return ParcelEvent::was_lost;
  return std::nullopt;
}

Result<void> compensate(Transaction& tx, const Ports& ports, const Order& order, const ParcelId& parcel_id) {
  TRY(const Charge charge, charge_of(order.landed));
  TRY(const GivenBack back, entry_of_lost_parcel(charge, blank_entry(ports, "lost", parcel_id.value, order.order_id)));
  TRY_DO(post(tx, back.entry));
  return owe_refund(tx, ports, order, back.refund, RefundReason::parcel_lost);
}

Result<void> record_end(Ports& ports, const ParcelId& parcel_id, ParcelEvent end) {
  return ports.database.transact([&](Transaction& tx) -> Result<void> {
    TRY(Parcel parcel, load_parcel(tx, parcel_id));
    if (is_final(parcel_transitions, parcel.state)) return done();
    TRY(const Order order, load_order(tx, the_shop(), parcel.order_id));
    TRY(parcel, after(std::move(parcel), end));

    TRY_DO(update_parcel(tx, parcel));
    if (end == ParcelEvent::was_lost) TRY_DO(compensate(tx, ports, order, parcel_id));
    TRY_DO(announce(tx, ChangeKind::parcel, parcel_id.value, order.shopper_id, ports.now()));
    return settle_order(tx, ports, order.order_id, RefundReason::parcel_lost);
  });
}

}  // namespace

Result<JobOutcome> follow_parcel(Ports& ports, const ParcelId& parcel_id) {
  TRY(const Parcel parcel,
      transact<Parcel>(ports.database, [&](Transaction& tx) { return load_parcel(tx, parcel_id); }));
  if (parcel.state != ParcelState::shipped) return job_done();

  TRY(const auto track, ports.carrier.track(parcel.tracking_number));

  const auto end = end_of(track);
  if (!end) return again(ports.now() + between_looks);
  TRY_DO(record_end(ports, parcel_id, *end));
  return job_done();
}

}  // namespace sampan
