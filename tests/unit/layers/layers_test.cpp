// Arrows between rooms go down only: every #include of ours is read against the table of rooms.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "tests/unit/layers/source_files.hpp"

namespace sampan {
namespace {

using Rooms = std::vector<std::string>;

Rooms operator+(Rooms rooms, const Rooms& more) {
  rooms.insert(rooms.end(), more.begin(), more.end());
  return rooms;
}

const Rooms core = {"shared/core"};
const Rooms nouns = {"shared/catalog",  "shared/stock",  "shared/cart",   "shared/quote", "shared/order",
                     "shared/purchase", "shared/parcel", "shared/ledger", "shared/user"};
const Rooms facts = core + nouns;
const Rooms ports = {"shared/payment", "shared/tracking",    "shared/rates",
                     "shared/page",    "shared/marketplace", "shared/database"};
const Rooms acts = {"shared/usecase", "shared/jobs", "shared/protocol"};
const Rooms all_shared = facts + ports + acts;
const Rooms proxy_rooms = {"proxy/"};

struct Room {
  std::string name;
  Rooms may_include;  // beside itself; a name that ends in '/' stands for every room below it
};

// Most specific first: a file lives in the first room that its path begins with.
const std::vector<Room> rooms = {
    {"shared/core", {}},
    {"shared/catalog", core},
    {"shared/stock", core + Rooms{"shared/catalog"}},
    {"shared/cart", core + Rooms{"shared/catalog", "shared/stock"}},
    {"shared/quote", core + Rooms{"shared/catalog", "shared/stock", "shared/cart"}},
    {"shared/order", core + Rooms{"shared/catalog", "shared/stock", "shared/cart", "shared/quote"}},
    {"shared/purchase", core + Rooms{"shared/catalog", "shared/stock", "shared/cart", "shared/quote", "shared/order"}},
    {"shared/parcel",
     core + Rooms{"shared/catalog", "shared/stock", "shared/cart", "shared/quote", "shared/order", "shared/purchase"}},
    {"shared/ledger", core},
    {"shared/user", core},
    {"shared/payment", facts},
    {"shared/tracking", facts},
    {"shared/rates", facts},
    {"shared/page", facts},
    {"shared/marketplace", facts},
    {"shared/database", facts + Rooms{"shared/payment", "shared/rates"}},
    {"shared/usecase", facts + ports},
    {"shared/jobs", facts + ports + Rooms{"shared/usecase"}},
    {"shared/protocol", facts + ports + Rooms{"shared/usecase", "shared/jobs"}},
    {"web/browser", all_shared},
    {"web/ui", all_shared + Rooms{"web/browser"}},
    {"web/app", all_shared + Rooms{"web/browser", "web/ui"}},
    {"web/views", all_shared + Rooms{"web/browser", "web/ui", "web/app"}},
    {"web/tab_shop", all_shared},
    {"web/main.cpp", all_shared + Rooms{"web/browser", "web/ui", "web/app", "web/views"}},
    {"proxy/main", all_shared + proxy_rooms},
    {"proxy/http/pages", all_shared + Rooms{"proxy/http", "web/ui", "web/views"}},
    {"proxy/", all_shared},
};

bool begins_with_room(const std::string& path, const std::string& room) {
  return path.rfind(room, 0) == 0 &&
         (room.back() == '/' || path.size() == room.size() || path[room.size()] == '/' || path[room.size()] == '.');
}

// "proxy/http/server.cpp" -> "proxy/http"
std::string folder_room(const std::string& path) { return path.substr(0, path.find('/', path.find('/') + 1)); }

// What is wrong with `file` including `include`; nothing when it may.
std::optional<std::string> objection(const std::string& file, const std::string& include) {
  const auto room =
      std::find_if(rooms.begin(), rooms.end(), [&](const Room& r) { return begins_with_room(file, r.name); });
  if (room == rooms.end()) return file + " is in no room of the table";
  if (!std::regex_search(include, std::regex("^(shared|web|proxy)/")))
    return file + " includes " + include + ", which is not written from the root";
  const bool is_own =
      room->name.back() != '/' ? begins_with_room(include, room->name) : folder_room(include) == folder_room(file);
  const bool may = std::any_of(room->may_include.begin(), room->may_include.end(),
                               [&](const std::string& name) { return begins_with_room(include, name); });
  if (is_own || may) return std::nullopt;
  return file + " includes " + include + ", which is no room below its own";
}

std::vector<std::string> includes_of(const SourceFile& file) {
  static const std::regex own_include(R"re(^\s*#\s*include\s*"([^"]+)")re");
  std::vector<std::string> includes;
  for (const std::string& line : lines_of(file.text)) {
    std::smatch match;
    if (std::regex_search(line, match, own_include)) includes.push_back(match[1]);
  }
  return includes;
}

}  // namespace

TEST_CASE("a room includes only what is below it", "[layers]") {
  struct Case {
    const char* file;
    const char* include;
    bool may;
  };
  const Case c = GENERATE(values<Case>({
      {"shared/order/order.hpp", "shared/core/money.hpp", true},
      {"shared/order/order.hpp", "shared/order/order_line.hpp", true},
      {"shared/order/order.hpp", "shared/quote/quote.hpp", true},
      {"shared/order/order.hpp", "shared/purchase/purchase.hpp", false},
      {"shared/order/order.hpp", "shared/ledger/ledger.hpp", false},
      {"shared/core/money.hpp", "shared/catalog/product.hpp", false},
      {"shared/ledger/ledger.hpp", "shared/order/order.hpp", false},
      {"shared/database/order_rows.cpp", "shared/ledger/ledger.hpp", true},
      {"shared/database/order_rows.cpp", "shared/usecase/place_order.hpp", false},
      {"shared/marketplace/taobao/order.cpp", "shared/database/database.hpp", false},
      {"shared/usecase/place_order.cpp", "shared/database/database.hpp", true},
      {"shared/usecase/place_order.cpp", "shared/jobs/lease.hpp", false},
      {"shared/protocol/endpoints.hpp", "shared/jobs/lease.hpp", true},
      {"shared/core/money.hpp", "money.hpp", false},
      {"shared/core/money.hpp", "proxy/http/server.hpp", false},
      {"shared/util/strings.hpp", "shared/core/money.hpp", false},
      {"web/ui/button.cpp", "web/browser/canvas.hpp", true},
      {"web/ui/button.cpp", "web/views/checkout.hpp", false},
      {"web/views/checkout.cpp", "proxy/http/server.hpp", false},
      {"web/tab_shop/worker.cpp", "web/app/state.hpp", false},
      {"proxy/http/server.cpp", "proxy/http/routes.hpp", true},
      {"proxy/http/server.cpp", "proxy/marketplace/transport.hpp", false},
      {"proxy/http/server.cpp", "web/views/checkout.hpp", false},
      {"proxy/http/pages.cpp", "web/views/checkout.hpp", true},
      {"proxy/http/pages/product.cpp", "web/views/product.hpp", true},
      {"proxy/main.cpp", "proxy/marketplace/transport.hpp", true},
      {"proxy/main.cpp", "web/views/checkout.hpp", false},
  }));
  CAPTURE(c.file, c.include);
  CHECK(!objection(c.file, c.include).has_value() == c.may);
}

TEST_CASE("every include of every file goes down", "[layers]") {
  const std::vector<SourceFile> files = source_files({"shared", "web", "proxy"});
  REQUIRE(files.size() > 20);
  size_t includes = 0;
  for (const SourceFile& file : files) {
    for (const std::string& include : includes_of(file)) {
      ++includes;
      if (const auto wrong = objection(file.path, include)) FAIL_CHECK(*wrong);
    }
  }
  CHECK(includes > files.size() / 2);
}

}  // namespace sampan
