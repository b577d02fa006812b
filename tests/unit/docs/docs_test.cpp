// Documents that follow from tables in the code: drawn anew and compared with what is committed. With
// SAMPAN_WRITE_DOCS=1 they are written instead.
#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>

#include "shared/marketplace/simulator/market_order.hpp"
#include "shared/order/order.hpp"
#include "shared/parcel/parcel.hpp"
#include "shared/payment/payment.hpp"
#include "shared/purchase/purchase.hpp"
#include "tests/unit/layers/source_files.hpp"

namespace sampan {
namespace {

constexpr int codes = static_cast<int>(ErrorCode::storage) + 1;

std::string errors_document() {
  std::ostringstream out;
  out << "# Error codes\n\n"
         "Programs branch on the code; the sentence beside it is for a person, the context for the operator. The\n"
         "codes are a contract: none is renamed or given another meaning. Drawn from `shared/core/error.cpp`.\n\n"
         "| code | meaning |\n|---|---|\n";
  for (int code = 0; code < codes; ++code)
    out << "| `" << word(static_cast<ErrorCode>(code)) << "` | " << meaning(static_cast<ErrorCode>(code)) << " |\n";
  return out.str();
}

template <class State, class Table>
void draw(std::ostream& out, const char* title, const char* source, const Table& table, State start) {
  out << "\n## " << title << "\n\n`" << source << "`\n\n```mermaid\nstateDiagram-v2\n  [*] --> " << word(start) << "\n";
  for (const auto& row : table)
    out << "  " << word(row.from) << " --> " << word(row.to) << ": " << word(row.on) << "\n";
  for (const auto& state : words(static_cast<State*>(nullptr)))
    if (is_final(table, state.value)) out << "  " << state.word << " --> [*]\n";
  out << "```\n";
}

std::string machines_document() {
  std::ostringstream out;
  out << "# State machines\n\n"
         "What moves on its own has its own machine; what a shopper sees of an order is a view over them\n"
         "(`shared/page/journey.hpp`). A pair of state and event that is not drawn is `not_allowed_now`. Drawn from\n"
         "the tables that the acts run by.\n";
  draw(out, "Order", "shared/order/order.hpp", order_transitions, Order{}.state);
  draw(out, "Purchase", "shared/purchase/purchase.hpp", purchase_transitions, Purchase{}.state);
  draw(out, "Parcel", "shared/parcel/parcel.hpp", parcel_transitions, Parcel{}.state);
  draw(out, "Payment", "shared/payment/payment.hpp", payment_transitions, Payment{}.state);
  draw(out, "Refund", "shared/payment/payment.hpp", refund_transitions, Refund{}.state);
  draw(out, "The marketplace's order, as simulated", "shared/marketplace/simulator/market_order.hpp",
       market_order_transitions, UpstreamState::awaiting_payment);
  return out.str();
}

void check_document(const std::string& path, const std::string& expected) {
  const std::string whole = std::string(SAMPAN_SOURCE_ROOT) + "/" + path;
  if (std::getenv("SAMPAN_WRITE_DOCS") != nullptr) std::ofstream(whole, std::ios::binary) << expected;
  std::ifstream file(whole, std::ios::binary);
  const std::string committed{std::istreambuf_iterator<char>(file), {}};
  INFO(path << " is not what the code says: run SAMPAN_WRITE_DOCS=1 scripts/test unit, and commit it");
  CHECK(committed == expected);
}

// "ErrorCode::quota" as a whole word, but where a test makes the error itself; or "quota" between quotes: some tests
// compare the code's word.
bool looks_for(const std::string& text, const std::string& code) {
  const auto is_part_of_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  constexpr std::string_view making = "fail(";
  const std::string name = "ErrorCode::" + code;
  for (size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const size_t end = at + name.size();
    const bool is_whole = end == text.size() || !is_part_of_word(text[end]);
    const bool is_made = at >= making.size() && text.compare(at - making.size(), making.size(), making) == 0;
    if (is_whole && !is_made) return true;
  }
  return text.find("\"" + code + "\"") != std::string::npos;
}

}  // namespace

TEST_CASE("docs/errors.md lists every code with its meaning", "[docs]") {
  check_document("docs/errors.md", errors_document());
}

TEST_CASE("docs/machines.md draws every machine as it runs", "[docs]") {
  check_document("docs/machines.md", machines_document());
}

TEST_CASE("a code that a test looks for is told from one that it makes", "[docs]") {
  CHECK(looks_for("ErrorCode::bad_data)", "bad_data"));
  CHECK(looks_for("ErrorCode::bad_data", "bad_data"));
  CHECK(!looks_for("ErrorCode::bad_data_of_theirs", "bad_data"));
  CHECK(!looks_for("fail(ErrorCode::bad_data, \"\")", "bad_data"));
  CHECK(looks_for("fail(ErrorCode::bad_data, \"\"); CHECK(code == ErrorCode::bad_data)", "bad_data"));
  CHECK(!looks_for("bad_data", "bad_data"));
  CHECK(looks_for("== \"bad_data\"", "bad_data"));
}

// It finds a code that nobody looks at; whether a test provokes it, a reader must see.
TEST_CASE("every code is looked for by a test", "[docs]") {
  // These go over all codes, or make them themselves.
  constexpr std::array of_all_codes{"tests/unit/docs/", "tests/unit/core/error_test.cpp", "tests/unit/jobs/"};
  const std::vector<SourceFile> files = source_files({"tests"});
  REQUIRE(files.size() > 20);
  for (int code = 0; code < codes; ++code) {
    const std::string name(word(static_cast<ErrorCode>(code)));
    const bool is_tested = std::any_of(files.begin(), files.end(), [&](const SourceFile& file) {
      const bool counts = std::none_of(of_all_codes.begin(), of_all_codes.end(),
                                       [&](const char* folder) { return file.path.rfind(folder, 0) == 0; });
      return counts && looks_for(file.text, name);
    });
    if (!is_tested) FAIL_CHECK("no test provokes " << name);
  }
}

}  // namespace sampan
