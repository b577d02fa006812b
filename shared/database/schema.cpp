#include "shared/database/schema.hpp"

#include <array>

namespace sampan {
namespace {

// A migration is a list of statements that is never edited once it has been released.
constexpr std::array first = {
    R"(create table product_reading (
         marketplace text not null,
         product_id text not null,
         read_at integer not null,
         document text not null,
         primary key (marketplace, product_id)))",
    R"(create table rate_table (
         fetched_at integer primary key,
         document text not null))",
    R"(create table cart (
         cart_id text primary key,
         shopper_id text not null,
         version integer not null,
         document text not null))",
    R"(create index carts_of_shopper on cart (shopper_id, cart_id))",
    R"(create table quote (
         quote_id text primary key,
         shopper_id text not null,
         expires_at integer not null,
         document text not null))",
    R"(create table orders (
         order_id text primary key,
         number text not null unique,
         shopper_id text not null,
         quote_id text not null unique,
         state text not null,
         version integer not null,
         document text not null))",
    R"(create index orders_of_shopper on orders (shopper_id, order_id))",
    R"(create table purchase (
         purchase_id text primary key,
         order_id text not null references orders,
         state text not null,
         version integer not null,
         document text not null))",
    R"(create index purchases_of_order on purchase (order_id))",
    R"(create table waybill (
         number text primary key,
         purchase_id text not null references purchase) without rowid)",
    R"(create table upstream_order (
         marketplace text not null,
         upstream_order_id text not null,
         purchase_id text not null references purchase,
         primary key (marketplace, upstream_order_id)) without rowid)",
    R"(create table parcel (
         parcel_id text primary key,
         order_id text not null references orders,
         state text not null,
         version integer not null,
         document text not null))",
    R"(create index parcels_of_order on parcel (order_id))",
    R"(create table payment (
         payment_id text primary key,
         order_id text not null references orders,
         state text not null,
         version integer not null,
         document text not null))",
    R"(create index payments_of_order on payment (order_id))",
    R"(create table refund (
         refund_id text primary key,
         order_id text not null references orders,
         payment_id text not null references payment,
         state text not null,
         version integer not null,
         document text not null))",
    R"(create index refunds_of_order on refund (order_id))",
    R"(create table entry (
         entry_id text primary key,
         key text not null unique,
         order_id text not null,
         at integer not null) without rowid)",
    R"(create table posting (
         entry_id text not null references entry,
         account text not null,
         currency text not null,
         minor integer not null,
         order_id text not null))",
    R"(create index postings_of_order on posting (order_id))",
    R"(create table balance (
         account text not null,
         currency text not null,
         minor integer not null,
         primary key (account, currency)) without rowid)",
    R"(create table job (
         job_id text primary key,
         kind text not null,
         subject text not null,
         due_at integer not null,
         attempts integer not null,
         wanted integer not null,
         leases integer not null,
         lease_until integer not null,
         parked_reason text,
         unique (kind, subject)) without rowid)",
    R"(create index jobs_due on job (due_at) where parked_reason is null)",
    R"(create table marketplace_token (
         marketplace text primary key,
         granted_from text not null,
         access_token text not null,
         access_ends_at integer,
         refresh_token text not null) without rowid)",
    R"(create table session (
         token_hash text primary key,
         shopper_id text not null,
         expires_at integer not null) without rowid)",
    R"(create table kept_reply (
         shopper_id text not null,
         key text not null,
         request_hash text not null,
         body text not null,
         at integer not null,
         primary key (shopper_id, key)) without rowid)",
    R"(create table message (
         source text not null,
         message_id text not null,
         received_at integer not null,
         handled_at integer,
         body text not null,
         primary key (source, message_id)))",
    R"(create index messages_by_age on message (received_at))",
    R"(create table feed (
         sequence integer primary key autoincrement,
         kind text not null,
         subject text not null,
         shopper_id text not null,
         at integer not null))",
};

Result<void> run_all(Transaction& tx, const auto& statements) {
  for (const char* statement : statements) TRY_DO(tx.run(statement, {}));
  return done();
}

constexpr int64_t newest = 1;

}  // namespace

Result<void> migrate(Transaction& tx) {
  TRY(const auto rows, tx.select("pragma user_version", {}));
  const int64_t version = rows.at(0).integer(0);
  if (version > newest)
    return fail(ErrorCode::bad_data, "This database was written by a later Sampan: use that one, or restore a backup.",
                "version " + std::to_string(version));
  if (version < 1) TRY_DO(run_all(tx, first));
  if (version < newest) TRY_DO(tx.run("pragma user_version = 1", {}));
  return done();
}

}  // namespace sampan
