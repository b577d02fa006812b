#include "shared/database/message_rows.hpp"

#include "tests/unit/database/open.hpp"

namespace sampan {
namespace {

const Instant noon = *parse_instant("2026-11-24T12:00:00Z");

struct Desk {
  std::unique_ptr<SqliteDatabase> database = open_database();

  bool keep(const std::string& source, const std::string& id, Instant at = noon, const std::string& body = "{}") {
    return in_transaction(*database, [&](Transaction& tx) { return keep_message(tx, {source, id, body, at}); });
  }
  void handle(const std::string& source, const std::string& id) {
    in_transaction(*database, [&](Transaction& tx) { return mark_handled(tx, {source, id, "", noon}, noon); });
  }
  // "stripe evt_1 at 0: body", oldest first.
  std::vector<std::string> kept() {
    return in_transaction(*database, [](Transaction& tx) -> Result<std::vector<std::string>> {
      TRY(const auto rows,
          tx.select(
              "select source, message_id, body, received_at from message order by received_at, source, message_id",
              {}));
      std::vector<std::string> all;
      for (const Row& row : rows)
        all.push_back(row.text(0) + " " + row.text(1) + " " + row.text(2) + " " +
                      std::to_string((row.integer(3) - noon.ms) / days(1).ms));
      return all;
    });
  }
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a message is to be handled until it was, however often it comes", "[rows]") {
  Desk desk;
  CHECK(desk.keep("stripe", "evt_1"));
  CHECK(desk.keep("stripe", "evt_1"));
  desk.handle("stripe", "evt_1");
  CHECK(!desk.keep("stripe", "evt_1"));
  CHECK(!desk.keep("stripe", "evt_1", noon + hours(5)));
}

TEST_CASE("a message stays as it first came", "[rows]") {
  Desk desk;
  desk.keep("stripe", "evt_1", noon, R"({"id":"evt_1", "odd" : 1})");
  desk.keep("stripe", "evt_1", noon + days(2), "{}");
  CHECK(desk.kept() == Texts{R"(stripe evt_1 {"id":"evt_1", "odd" : 1} 0)"});
}

TEST_CASE("two senders may use one id", "[rows]") {
  Desk desk;
  desk.keep("stripe", "1");
  desk.handle("stripe", "1");
  CHECK(desk.keep("alibaba1688", "1"));
  CHECK(desk.kept() == Texts{"alibaba1688 1 {} 0", "stripe 1 {} 0"});
}

TEST_CASE("a message is kept for thirty days, then another one's coming takes it away", "[rows]") {
  Desk desk;
  desk.keep("stripe", "evt_1");
  desk.keep("stripe", "evt_2", noon + days(30));
  CHECK(desk.kept() == Texts{"stripe evt_1 {} 0", "stripe evt_2 {} 30"});
  desk.keep("stripe", "evt_3", noon + days(31));
  CHECK(desk.kept() == Texts{"stripe evt_2 {} 30", "stripe evt_3 {} 31"});
}

}  // namespace sampan
