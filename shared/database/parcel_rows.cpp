#include "shared/database/parcel_rows.hpp"

#include "shared/database/documents.hpp"

namespace sampan {

Result<void> insert_parcel(Transaction& tx, const Parcel& parcel) {
  return inserted(tx.run(R"(insert into parcel (parcel_id, order_id, state, version, document)
                            values (?, ?, ?, ?, ?))",
                         {parcel.parcel_id.value, parcel.order_id.value, std::string(word(parcel.state)),
                          parcel.version, to_json(parcel)}));
}

Result<Parcel> update_parcel(Transaction& tx, Parcel parcel) {
  const int64_t loaded = parcel.version++;
  TRY_DO(updated(
      tx.run(R"(update parcel
                           set state = ?, version = ?, document = ?
                           where parcel_id = ? and version = ?)",
             {std::string(word(parcel.state)), parcel.version, to_json(parcel), parcel.parcel_id.value, loaded})));
  return parcel;
}

Result<Parcel> load_parcel(Transaction& tx, const ParcelId& id) {
  return only_document<Parcel>(tx.select("select document from parcel where parcel_id = ?", {id.value}),
                               "There is no such parcel.");
}

Result<std::vector<Parcel>> list_parcels(Transaction& tx, const OrderId& order_id) {
  return documents<Parcel>(tx.select(R"(select document from parcel
                                     where order_id = ?
                                     order by parcel_id)",
                                     {order_id.value}));
}

}  // namespace sampan
