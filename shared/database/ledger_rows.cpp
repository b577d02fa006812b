#include "shared/database/ledger_rows.hpp"

namespace sampan {
namespace {

// Of a row that begins with account, currency, minor.
Result<Posting> posting_of(const Row& row) {
  const auto account = parse_word<Account>(row.text(0));
  if (!account) return fail(ErrorCode::bad_data, "The ledger has an unknown account.", row.text(0));
  TRY(const Currency currency, parse_currency(row.text(1)));
  return Posting{*account, {row.integer(2), currency}};
}

Result<std::vector<Posting>> postings(const Result<std::vector<Row>>& rows) {
  if (!rows) return tl::unexpected(rows.error());
  std::vector<Posting> read;
  for (const Row& row : *rows) {
    TRY(const Posting posting, posting_of(row));
    read.push_back(posting);
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

Result<std::vector<OpenAccounts>> list_unsettled(Transaction& tx) {
  TRY(const auto rows, tx.select(R"(select account, currency, sum(minor), order_id from posting
                                    where account in ('escrow_goods', 'escrow_fee', 'escrow_ship', 'escrow_duty',
                                                      'upstream_payable', 'refunds_payable', 'seller_refund_receivable')
                                    group by order_id, account, currency
                                    having sum(minor) <> 0
                                    order by order_id, account, currency)",
                                 {}));
  std::vector<OpenAccounts> orders;
  for (const Row& row : rows) {
    TRY(const Posting posting, posting_of(row));
    const std::string order_id = row.text(3);
    if (orders.empty() || orders.back().order_id.value != order_id) orders.push_back({{order_id}, {}});
    orders.back().accounts.push_back(posting);
  }
  return orders;
}

Result<std::vector<Entry>> list_entries(Transaction& tx, const OrderId& order_id) {
  TRY(const auto rows, tx.select(R"(select p.account, p.currency, p.minor, e.entry_id, e.key, e.at
                                    from posting p join entry e on e.entry_id = p.entry_id
                                    where p.order_id = ?
                                    order by e.at, e.entry_id, p.rowid)",
                                 {order_id.value}));
  std::vector<Entry> entries;
  for (const Row& row : rows) {
    TRY(const Posting posting, posting_of(row));
    const std::string entry_id = row.text(3);
    if (entries.empty() || entries.back().entry_id.value != entry_id)
      entries.push_back({{entry_id}, row.text(4), order_id, Instant{row.integer(5)}, {}});
    entries.back().postings.push_back(posting);
  }
  return entries;
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
