#include "shared/database/refund_rows.hpp"

#include "shared/database/documents.hpp"

namespace sampan {

Result<void> insert_refund(Transaction& tx, const Refund& refund) {
  return inserted(tx.run(R"(insert into refund (refund_id, order_id, payment_id, state, version, document)
                            values (?, ?, ?, ?, ?, ?))",
                         {refund.refund_id.value, refund.order_id.value, refund.payment_id.value,
                          std::string(word(refund.state)), refund.version, to_json(refund)}));
}

Result<Refund> update_refund(Transaction& tx, Refund refund) {
  const int64_t loaded = refund.version++;
  TRY_DO(updated(
      tx.run(R"(update refund
                           set state = ?, version = ?, document = ?
                           where refund_id = ? and version = ?)",
             {std::string(word(refund.state)), refund.version, to_json(refund), refund.refund_id.value, loaded})));
  return refund;
}

Result<Refund> load_refund(Transaction& tx, const RefundId& id) {
  return only_document<Refund>(tx.select("select document from refund where refund_id = ?", {id.value}),
                               "There is no such refund.");
}

Result<std::vector<Refund>> list_refunds(Transaction& tx, const OrderId& order_id) {
  return documents<Refund>(tx.select(R"(select document from refund
                                     where order_id = ?
                                     order by refund_id)",
                                     {order_id.value}));
}

}  // namespace sampan
