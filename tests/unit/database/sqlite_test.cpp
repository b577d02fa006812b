// The promises of shared/database/database.hpp, on SQLite.
#include "shared/database/sqlite.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/unit/database/open.hpp"

namespace sampan {
namespace {

Work insert_cart_row(const std::string& id) {
  return [id](Transaction& tx) -> Result<void> {
    TRY_DO(tx.run("insert into cart (cart_id, shopper_id, version, document) values (?, ?, ?, ?)",
                  {id, std::string("sho_1"), int64_t{1}, std::string("{}")}));
    return done();
  };
}

// The ids of all carts, one after the other.
std::string carts(Database& database) {
  return in_transaction(database, [](Transaction& tx) -> Result<std::string> {
    TRY(const auto rows, tx.select("select cart_id from cart order by cart_id", {}));
    std::string ids;
    for (const Row& row : rows) ids += row.text(0);
    return ids;
  });
}

// A purchase of an order that does not exist: allowed until the commit, which then fails.
Result<void> break_the_commit(Transaction& tx) {
  TRY_DO(tx.run("pragma defer_foreign_keys = on", {}));
  TRY_DO(tx.run("insert into purchase (purchase_id, order_id, state, version, document) values (?, ?, ?, ?, ?)",
                {std::string("pur_1"), std::string("ord_none"), std::string("queued"), int64_t{1}, std::string("{}")}));
  return done();
}

uint32_t big_endian(const std::string& bytes, size_t at) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; ++i) value = value << 8U | static_cast<uint8_t>(bytes[at + i]);
  return value;
}

// How many commits stand in the write-ahead log: frames whose header names the size of the database after a commit.
// Source: sqlite.org/fileformat2.html#the_write_ahead_log
size_t commits_in_log(const std::string& path) {
  std::ifstream file(path + "-wal", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  REQUIRE(bytes.size() > 32);
  const size_t frame = 24 + big_endian(bytes, 8);
  size_t commits = 0;
  for (size_t at = 32; at + frame <= bytes.size(); at += frame)
    // A frame of an earlier run of the log has another salt.
    if (bytes.compare(at + 8, 8, bytes, 16, 8) == 0 && big_endian(bytes, at + 4) != 0) ++commits;
  return commits;
}

}  // namespace

TEST_CASE("what failed has changed nothing", "[sqlite]") {
  const auto database = open_database();
  REQUIRE(database->transact(insert_cart_row("a")));
  const auto refused = database->transact([](Transaction& tx) -> Result<void> {
    TRY_DO(insert_cart_row("b")(tx));
    return fail(ErrorCode::sold_out, "No.");
  });
  REQUIRE(!refused);
  CHECK(refused.error().code == ErrorCode::sold_out);
  CHECK(carts(*database) == "a");
}

TEST_CASE("what was thrown out of has changed nothing, and the next transaction works", "[sqlite]") {
  const auto database = open_database();
  CHECK_THROWS_AS(database->transact([](Transaction& tx) -> Result<void> {
    TRY_DO(insert_cart_row("a")(tx));
    throw std::runtime_error("the process dies");
  }),
                  std::runtime_error);
  CHECK(carts(*database).empty());
  CHECK(database->transact(insert_cart_row("b")));
  CHECK(carts(*database) == "b");
}

TEST_CASE("a second row of a unique key is a conflict, a statement that is none is a failure of storage", "[sqlite]") {
  const auto database = open_database();
  REQUIRE(database->transact(insert_cart_row("a")));
  const auto again = database->transact(insert_cart_row("a"));
  REQUIRE(!again);
  CHECK(again.error().code == ErrorCode::conflict);
  CHECK(again.error().context.find("cart.cart_id") != std::string::npos);

  const auto run = [&](const char* sql, const std::vector<Value>& values) {
    return database->transact([&](Transaction& tx) -> Result<void> {
      TRY_DO(tx.run(sql, values));
      return done();
    });
  };
  CHECK(run("insert into nowhere values (1)", {}).error().code == ErrorCode::storage);
  CHECK(run("delete from cart", {int64_t{1}}).error().code == ErrorCode::storage);  // a value without its place
  CHECK(run("begin", {}).error().code == ErrorCode::storage);
  CHECK(!database->is_broken());
  CHECK(carts(*database) == "a");
}

TEST_CASE("work given together is committed by one physical commit", "[sqlite]") {
  const Folder folder;
  const auto database = open_database(folder.file());
  const size_t before = commits_in_log(folder.file());
  size_t between = 0;
  const auto answers = database->transact_all({
      insert_cart_row("a"),
      insert_cart_row("b"),
      [&](Transaction&) -> Result<void> {
        between = commits_in_log(folder.file());
        return done();
      },
      insert_cart_row("c"),
  });
  REQUIRE(answers.size() == 4);
  for (const auto& answer : answers) CHECK(answer);
  CHECK(between == before);
  CHECK(commits_in_log(folder.file()) == before + 1);
  CHECK(carts(*open_database(folder.file())) == "abc");
}

TEST_CASE("of work given together a failing part is undone alone", "[sqlite]") {
  const auto database = open_database();
  const auto answers = database->transact_all({
      insert_cart_row("a"),
      [](Transaction& tx) -> Result<void> {
        TRY_DO(insert_cart_row("b")(tx));
        return fail(ErrorCode::sold_out, "No.");
      },
      insert_cart_row("a"),
      insert_cart_row("c"),
  });
  REQUIRE(answers.size() == 4);
  CHECK(answers[0]);
  CHECK(answers[1].error().code == ErrorCode::sold_out);
  CHECK(answers[2].error().code == ErrorCode::conflict);
  CHECK(answers[3]);
  CHECK(carts(*database) == "ac");
}

TEST_CASE("a commit that fails answers all that was given together, and nothing is kept", "[sqlite]") {
  const auto database = open_database();
  const auto answers = database->transact_all({insert_cart_row("a"), break_the_commit, insert_cart_row("b")});
  REQUIRE(answers.size() == 3);
  for (const auto& answer : answers) CHECK(!answer);
  CHECK(carts(*database).empty());
  CHECK(database->transact(insert_cart_row("c")));
  CHECK(carts(*database) == "c");
}

TEST_CASE("a statement that undoes the whole transaction lets nothing after it be committed", "[sqlite]") {
  const auto database = open_database();
  REQUIRE(database->transact(insert_cart_row("a")));
  // As a full disk would: the database rolls back by itself.
  const Work undoes_all = [](Transaction& tx) -> Result<void> {
    TRY_DO(tx.run("insert or rollback into cart (cart_id, shopper_id, version, document) values ('a', '', 0, '')", {}));
    return done();
  };
  SECTION("alone, when the work goes on as if nothing had been") {
    CHECK(!database->transact([&](Transaction& tx) -> Result<void> {
      CHECK(!undoes_all(tx));
      CHECK(!insert_cart_row("b")(tx));
      return done();
    }));
  }
  SECTION("in work given together") {
    const auto answers = database->transact_all({insert_cart_row("b"), undoes_all, insert_cart_row("c")});
    REQUIRE(answers.size() == 3);
    for (const auto& answer : answers) CHECK(!answer);
  }
  CHECK(carts(*database) == "a");
  CHECK(database->transact(insert_cart_row("d")));
}

TEST_CASE("no work is no commit and no answer", "[sqlite]") { CHECK(open_database()->transact_all({}).empty()); }

TEST_CASE("what was committed is there when the file is opened again", "[sqlite]") {
  const Folder folder;
  REQUIRE(open_database(folder.file())->transact(insert_cart_row("a")));
  CHECK(carts(*open_database(folder.file())) == "a");
}

TEST_CASE("a file of a later Sampan is refused and left as it is", "[sqlite]") {
  const Folder folder;
  REQUIRE(open_database(folder.file())->transact([](Transaction& tx) -> Result<void> {
    TRY_DO(tx.run("pragma user_version = 999", {}));
    return done();
  }));
  const auto opened = SqliteDatabase::open(folder.file());
  REQUIRE(!opened);
  CHECK(opened.error().code == ErrorCode::bad_data);
  CHECK(opened.error().context == "version 999");
}

TEST_CASE("what is no database, and what cannot be opened, is a failure of storage", "[sqlite]") {
  const Folder folder;
  std::ofstream(folder.file()) << std::string(4'096, 'x');
  CHECK(SqliteDatabase::open(folder.file()).error().code == ErrorCode::storage);
  CHECK(SqliteDatabase::open(folder.file() + "/nowhere/shop.sqlite").error().code == ErrorCode::storage);
}

TEST_CASE("integers and text come back as they were given", "[sqlite]") {
  const auto database = open_database();
  const auto echo = [&](const Value& value) {
    return in_transaction(*database, [&](Transaction& tx) -> Result<Row> {
      TRY(const auto rows, tx.select("select ?, null", {value}));
      return rows.at(0);
    });
  };
  for (const int64_t number : {int64_t{0}, int64_t{-1}, INT64_MAX, INT64_MIN, int64_t{1} << 53}) {
    CAPTURE(number);
    CHECK(echo(number).integer(0) == number);
  }
  using std::string_literals::operator""s;
  for (const std::string& words :
       {""s, "汉服 🧵"s, "O'Neill \"quoted\" -- ;"s, "before\0after"s, std::string(100'000, 'x')}) {
    CAPTURE(words.size());
    const Row row = echo(words);
    CHECK(row.text(0) == words);
    CHECK(!row.is_null(0));
    CHECK(row.is_null(1));
    CHECK(row.text(1).empty());
    CHECK(row.integer(1) == 0);
  }
}

TEST_CASE("a statement is told how many rows it changed", "[sqlite]") {
  const auto database = open_database();
  REQUIRE(database->transact(insert_cart_row("a")));
  REQUIRE(database->transact(insert_cart_row("b")));
  const auto changed = [&](const char* sql) {
    return in_transaction(*database, [&](Transaction& tx) { return tx.run(sql, {}); });
  };
  CHECK(changed("update cart set version = 2") == 2);
  CHECK(changed("update cart set version = 3 where cart_id = 'a'") == 1);
  CHECK(changed("update cart set version = 4 where cart_id = 'z'") == 0);
  CHECK(changed("insert into cart select * from cart where true on conflict do nothing") == 0);
}

TEST_CASE("a statement is ready again after it succeeded and after it failed", "[sqlite]") {
  const auto database = open_database();
  const auto twice = database->transact([](Transaction& tx) -> Result<void> {
    constexpr auto count = "select count(*) from cart where shopper_id = ?";
    REQUIRE(insert_cart_row("a")(tx));
    REQUIRE(!insert_cart_row("a")(tx));
    REQUIRE(insert_cart_row("b")(tx));
    CHECK(tx.select(count, {std::string("sho_1")})->at(0).integer(0) == 2);
    CHECK(tx.select(count, {std::string("sho_2")})->at(0).integer(0) == 0);
    CHECK(tx.select(count, {})->at(0).integer(0) == 0);  // nothing is left of the values before
    return done();
  });
  CHECK(twice);
  CHECK(carts(*database) == "ab");
}

TEST_CASE("a transaction's value is its own or its error", "[sqlite]") {
  const auto database = open_database();
  CHECK(transact<int>(*database, [](Transaction&) -> Result<int> { return 7; }) == 7);
  const auto failed =
      transact<int>(*database, [](Transaction&) -> Result<int> { return fail(ErrorCode::sold_out, "No."); });
  CHECK(failed.error().code == ErrorCode::sold_out);
  const auto not_kept = transact<int>(*database, [](Transaction& tx) -> Result<int> {
    TRY_DO(break_the_commit(tx));
    return 7;
  });
  CHECK(!not_kept);
}

TEST_CASE("a reading connection sees what was committed, waits for no writer and cannot write", "[database]") {
  const Folder folder;
  const auto writer = open_database(folder.file());
  auto opened = SqliteDatabase::open_reading(folder.file());
  REQUIRE(opened);
  SqliteDatabase& reader = **opened;
  REQUIRE(writer->transact(insert_cart_row("a")));
  CHECK(carts(reader) == "a");
  REQUIRE(writer->transact([&](Transaction& tx) -> Result<void> {
    TRY_DO(insert_cart_row("b")(tx));
    CHECK(carts(reader) == "a");  // while the writer is at it
    return done();
  }));
  CHECK(carts(reader) == "ab");
  CHECK_FALSE(reader.transact(insert_cart_row("c")));
  CHECK(carts(*writer) == "ab");
}

}  // namespace sampan
