// The sandbox's world is kept: through a restart, through kill -9, under one clock; and its pushes arrive.
#include "tests/unit/sandbox/aop_desk.hpp"

namespace sampan {
namespace {

using namespace aop_desk;
namespace goods_of = small_market;

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Subscriber {
  int32_t status = 200;
  std::vector<std::string> types;
  HttpSend send() {
    return [this](const HttpRequest& push) -> Result<HttpReply> {
      const Fields form = parse_form(push.body);
      SignRequest signed_text;
      signed_text.secret = AopAccount{}.app_secret;
      signed_text.parameters = {{"message", std::string(field_of(form, "message"))}};
      CHECK(field_of(form, "_aop_signature") == sign(SignMethod::aop_sha1, signed_text).signature);
      types.push_back(said(*parse_json(field_of(form, "message")), "/type"));
      return HttpReply{status, {}, {}};
    };
  }
};

const std::string made = "ORDER_BUYER_VIEW_BUYER_MAKE";
const std::string paid = "ORDER_BUYER_VIEW_ORDER_PAY";

}  // namespace

TEST_CASE("what was answered is there after a restart", "[sandbox]") {
  Desk desk;
  const std::string order = order_of(desk.create({goods_of::white_cup}, "pur_1"));
  desk.pay(order);
  const Json before = desk.view(order);
  // What kill -9 leaves behind is the file as it stands now.
  const std::string stored = file_text(desk.folder.at("data/sandbox.json"));
  desk.create({goods_of::white_cup}, "pur_2");
  desk.gateway.reset();
  desk.world.reset();
  write_file(desk.folder.at("data/sandbox.json"), stored);
  desk.open();
  CHECK(json_text(desk.view(order)) == json_text(before));
  CHECK(desk.world->look([](const Scene& scene) { return scene.alibaba1688.books().orders.size(); }) == 1);
}

TEST_CASE("a world that cannot be read is not opened, and stays as it is", "[sandbox]") {
  Desk desk;
  const auto open = [&](const std::string& catalogue) {
    return World::open({catalogue, desk.folder.at("data")}, rules_of, [&] { return desk.real_now; });
  };
  const auto nowhere = open(desk.folder.at("nowhere"));
  REQUIRE_FALSE(nowhere.has_value());
  CHECK(nowhere.error().code == ErrorCode::bad_input);
  CHECK(nowhere.error().sentence.find("--catalogue") != std::string::npos);
  write_file(desk.folder.at("data/sandbox.json"), R"({"market":)");
  const auto broken = open(desk.folder.at("catalogue"));
  REQUIRE_FALSE(broken.has_value());
  CHECK(broken.error().code == ErrorCode::bad_data);
  CHECK(file_text(desk.folder.at("data/sandbox.json")) == R"({"market":)");
}

TEST_CASE("the clock runs with real time, jumps by acts, and resumes", "[sandbox]") {
  Desk desk;
  desk.wait(seconds(30));
  CHECK(desk.world->now() == goods_of::opening + seconds(30));
  REQUIRE(desk.control("POST", "/control/clock", R"({"advance":"PT6H"})").status == 200);
  CHECK(desk.world->now() == goods_of::opening + seconds(30) + hours(6));
  desk.wait(seconds(5));
  desk.open();
  CHECK(desk.world->now() == goods_of::opening + seconds(35) + hours(6));
  for (const char* asked : {R"({"advance":"6 hours"})", R"({"advance":"PT"})", R"({"advance":"P500D"})", R"({})",
                            R"({"to":"2020-01-01T00:00:00Z"})", "no JSON"})
    CHECK(desk.control("POST", "/control/clock", asked).status == 400);
}

TEST_CASE("an advance stops at each event, and what follows is done before the next", "[sandbox]") {
  Desk desk;
  Subscriber subscriber;
  AopPush push(*desk.world, desk.account, sign, subscriber.send(), "/push");
  desk.pay(order_of(desk.create({goods_of::white_cup}, "pur_1")));
  REQUIRE(push.deliver() == 2);
  std::vector<size_t> seen;
  const auto drain = [&] {
    REQUIRE(push.deliver().has_value());
    seen.push_back(subscriber.types.size());
  };
  REQUIRE(desk.control("POST", "/control/clock", R"({"until":"next_event"})", drain).status == 200);
  CHECK(subscriber.types.size() == 4);  // sent, and its parcel's first trace
  REQUIRE(desk.control("POST", "/control/clock", R"({"advance":"P10D"})", drain).status == 200);
  CHECK(seen == std::vector<size_t>{4, 6, 6});
}

TEST_CASE("a push that is not taken is tried again, listed, and confirmed away", "[sandbox]") {
  Desk desk;
  Subscriber subscriber{503, {}};
  AopPush push(*desk.world, desk.account, sign, subscriber.send(), "/push");
  desk.create({goods_of::white_cup}, "pur_1");
  CHECK(push.deliver() == 0);
  CHECK(push.deliver() == 0);
  CHECK(subscriber.types.size() == 1);
  for (int i = 0; i < 9; ++i) {
    desk.wait(minutes(30));
    CHECK(push.deliver() == 0);
  }
  CHECK(subscriber.types == std::vector<std::string>(6, made));
  const auto list = [&] { return desk.call(messages, "push.query.messageList", {}); };
  const std::string id = said(list(), "/pushMessagePage/datas/0/msgId");
  CHECK(said(desk.call(messages, "push.message.confirm", {{"msgIdList", "[" + id + "]"}}), "/isSuccess") == "true");
  CHECK(said(list(), "/pushMessagePage/totalCount") == "0");
}

TEST_CASE("pushes are doubled, overtaken and lost on demand", "[sandbox]") {
  struct Case {
    const char* site;
    std::vector<std::string> arrive;
  };
  for (const Case& c :
       {Case{"duplicate_push", {made, made, paid}}, Case{"reorder_push", {paid, made}}, Case{"lose_push", {paid}}}) {
    CAPTURE(c.site);
    Desk desk;
    Subscriber subscriber;
    AopPush push(*desk.world, desk.account, sign, subscriber.send(), "/push");
    desk.pay(order_of(desk.create({goods_of::white_cup}, "pur_1")));
    desk.plan(R"({"site":")" + std::string(c.site) + R"(","times":1})");
    REQUIRE(push.deliver().has_value());
    CHECK(subscriber.types == c.arrive);
    CHECK(said(desk.call(messages, "push.query.messageList", {}), "/pushMessagePage/totalCount") == "0");
  }
}

TEST_CASE("the books and the levers are for this machine only", "[sandbox]") {
  Desk desk;
  desk.pay(order_of(desk.create({goods_of::white_cup}, "pur_1")));
  const Json books = *parse_json(desk.control("GET", "/control/books", "").body);
  CHECK(said(books, "/market/balance/minor") == "97620");
  CHECK(said(books, "/market/orders/pur_1/0/paid_fen") == "2380");
  REQUIRE(desk.control("POST", "/control/market", R"({"act":"deposit","yuan":"23.80"})").status == 200);
  CHECK(said(*parse_json(desk.control("GET", "/control/books", "").body), "/market/balance/minor") == "100000");
  CHECK(desk.control("POST", "/control/market", R"({"act":"take_off_sale","product_id":"1"})").status == 404);
  CHECK(desk.control("POST", "/control/market", R"({"act":"burn"})").status == 400);
  SandboxControl levers(*desk.world, [] {});
  CHECK(levers.answer({"GET", "/control/books", "", {{"Host", "evil.example"}}, ""}).status == 403);
  CHECK(levers.answer({"GET", "/control/books", "", {{"Host", "localhost"}, {"Origin", "https://evil.example"}}, ""})
            .status == 403);
  CHECK(levers.answer({"GET", "/control/books", "", {{"Host", "[::1]:80"}, {"Origin", "http://127.0.0.1:9"}}, ""})
            .status == 200);
}

}  // namespace sampan
