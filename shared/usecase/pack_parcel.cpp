#include "shared/usecase/pack_parcel.hpp"

#include "shared/database/ledger_rows.hpp"
#include "shared/database/order_rows.hpp"
#include "shared/database/parcel_rows.hpp"
#include "shared/database/purchase_rows.hpp"
#include "shared/usecase/settlement.hpp"

namespace sampan {
namespace {

Result<Parcel> make_parcel(const Ports& ports, const Order& order, const std::vector<Purchase>& purchases,
                           int64_t weight_grams) {
  if (weight_grams < 1) return fail(ErrorCode::bad_input, "A parcel has a weight.");
  Parcel parcel;
  parcel.parcel_id = new_id<ParcelId>(ports);
  parcel.order_id = order.order_id;
  parcel.lane = order.quote.request.rate_card_id;
  parcel.country = order.recipient.country;
  parcel.weight_grams = weight_grams;
  for (const Purchase& purchase : purchases) {
    if (purchase.state != PurchaseState::accepted && !is_final(purchase_transitions, purchase.state))
      return fail(ErrorCode::not_allowed_now, "Goods of this order are still on their way.",
                  purchase.purchase_id.value);
    if (purchase.state != PurchaseState::accepted) continue;
    for (const PurchaseLine& line : purchase.lines)
      if (line.quantity > 0) parcel.items.push_back({purchase.purchase_id, line.order_line_id, line.quantity});
  }
  if (parcel.items.empty()) return fail(ErrorCode::not_allowed_now, "There is nothing to pack.", order.order_id.value);
  return parcel;
}

Result<void> record_shipped(Ports& ports, const ParcelId& parcel_id, const Booking& booking) {
  return ports.database.transact([&](Transaction& tx) -> Result<void> {
    TRY(Parcel parcel, load_parcel(tx, parcel_id));
    if (parcel.state != ParcelState::packed) return done();
    TRY(const Order order, load_order(tx, the_shop(), parcel.order_id));
    TRY(parcel, after(std::move(parcel), ParcelEvent::was_shipped));
    parcel.tracking_number = booking.tracking_number;
    parcel.carrier_price = booking.price;
    parcel.shipped_at = ports.now();
    TRY(const Charge charge, charge_of(order.landed));
    TRY(const Entry entry, entry_of_shipping(order, charge, booking.price,
                                             blank_entry(ports, "shipped", parcel_id.value, order.order_id)));

    TRY_DO(update_parcel(tx, parcel));
    TRY_DO(post(tx, entry));
    TRY_DO(announce(tx, ChangeKind::parcel, parcel_id.value, order.shopper_id, ports.now()));
    return enqueue_at(tx, ports, JobKind::follow_parcel, parcel_id.value, ports.now() + hours(12));
  });
}

}  // namespace

Result<ParcelId> pack_parcel(Ports& ports, const PackParcel& command) {
  return transact<ParcelId>(ports.database, [&](Transaction& tx) -> Result<ParcelId> {
    TRY(const auto packed_before, list_parcels(tx, command.order_id));
    if (!packed_before.empty()) return packed_before.front().parcel_id;
    TRY(const Order order, load_order(tx, the_shop(), command.order_id));
    TRY(const auto purchases, list_purchases(tx, command.order_id));

    TRY(const Parcel parcel, make_parcel(ports, order, purchases, command.weight_grams));

    TRY_DO(insert_parcel(tx, parcel));
    TRY_DO(announce(tx, ChangeKind::parcel, parcel.parcel_id.value, order.shopper_id, ports.now()));
    TRY_DO(enqueue_now(tx, ports, JobKind::ship_parcel, parcel.parcel_id.value));
    return parcel.parcel_id;
  });
}

Result<JobOutcome> ship_parcel(Ports& ports, const ParcelId& parcel_id) {
  TRY(const Parcel parcel,
      transact<Parcel>(ports.database, [&](Transaction& tx) { return load_parcel(tx, parcel_id); }));
  if (parcel.state != ParcelState::packed) return job_done();

  TRY(auto booking, ports.carrier.find_booking(parcel_id));
  if (!booking) {
    TRY(booking, ports.carrier.book({parcel_id, parcel.lane, parcel.weight_grams, parcel.country}));
  }

  TRY_DO(record_shipped(ports, parcel_id, *booking));
  return job_done();
}

}  // namespace sampan
