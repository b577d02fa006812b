#include "shared/database/ledger_rows.hpp"

namespace sampan {
namespace {

// Rows of account, currency, minor.
Result<std::vector<Posting>> postings(const Result<std::vector<Row>>& rows) {
  if (!rows) return tl::unexpected(rows.error());
  std::vector<Posting> read;
  for (const Row& row : *rows) {
    const auto account = parse_word<Account>(row.text(0));
    if (!account) return fail(ErrorCode::bad_data, "The ledger has an unknown account.", row.text(0));
    TRY(const Currency currency, parse_currency(row.text(1)));
    read.push_back({*account, {row.integer(2), currency}});
  }
  return read;
}

}  // namespace

Result<void> post(Transaction& tx, const Entry& unchecked) {
  TRY(const Entry entry, balanced(unchecked));
  if (entry.postings.empty()) return done();
  TRY(const int64_t booked, tx.run(R"(insert into entry (entry_id, key, order_id, at)
                                      values (?, ?, ?, ?)
                                      on conflict (key) do nothing)",
                                   {entry.entry_id.value, entry.key, entry.order_id.value, entry.at.ms}));
  if (booked == 0) return done();
  for (const Posting& posting : entry.postings) {
    const std::string account(word(posting.account));
    const std::string currency(posting.amount.currency.code());
    TRY_DO(tx.run(R"(insert into posting (entry_id, account, currency, minor, order_id)
                     values (?, ?, ?, ?, ?))",
                  {entry.entry_id.value, account, currency, posting.amount.minor, entry.order_id.value}));
    TRY_DO(tx.run(R"(insert into balance (account, currency, minor)
                     values (?, ?, ?)
                     on conflict (account, currency) do update
                     set minor = minor + excluded.minor)",
                  {account, currency, posting.amount.minor}));
  }
  return done();
}

Result<Money> load_balance(Transaction& tx, Account account, Currency currency) {
  TRY(const auto rows, tx.select("select minor from balance where account = ? and currency = ?",
                                 {std::string(word(account)), std::string(currency.code())}));
  return Money{rows.empty() ? 0 : rows.front().integer(0), currency};
}

Result<std::vector<Posting>> list_open_accounts(Transaction& tx, const OrderId& order_id) {
  return postings(tx.select(R"(select account, currency, sum(minor) from posting
                               where order_id = ?
                               group by account, currency
                               having sum(minor) <> 0
                               order by account, currency)",
                            {order_id.value}));
}

Result<std::vector<Posting>> sum_postings(Transaction& tx) {
  return postings(tx.select(R"(select account, currency, sum(minor) from posting
                               group by account, currency
                               order by account, currency)",
                            {}));
}

Result<std::vector<Posting>> list_balances(Transaction& tx) {
  return postings(tx.select("select account, currency, minor from balance order by account, currency", {}));
}

}  // namespace sampan
