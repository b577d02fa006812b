#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/unit/sandbox/stripe_shop.hpp"

namespace sampan {
namespace {

using Path = std::vector<std::string>;

std::vector<HttpField> with(std::vector<HttpField> fields, const HttpField& change) {
  for (HttpField& each : fields) {
    if (each.name != change.name) continue;
    each.value = change.value;
    return fields;
  }
  fields.push_back(change);
  return fields;
}

std::string problem(const HttpReply& reply) {
  return std::to_string(reply.status) + " " + StripeShop::text_at(reply, {"error", "type"}) + " " +
         StripeShop::text_at(reply, {"error", "code"}) + " " + StripeShop::text_at(reply, {"error", "param"});
}

Payment payment(const StripeShop& shop, int64_t cents = 6'994) {
  Payment payment;
  payment.payment_id = {"pay_1"};
  payment.order_id = {"ord_1"};
  payment.amount = {cents, currency("EUR")};
  payment.expires_at = shop.now + hours(1);
  return payment;
}
Refund refund(const char* id, int64_t cents) {
  Refund refund;
  refund.refund_id = {id};
  refund.payment_id = {"pay_1"};
  refund.amount = {cents, currency("EUR")};
  return refund;
}
StripeProvider client_of(StripeShop& shop, std::string key = "sk_test_sampan") {
  return StripeProvider(
      [&shop](const HttpRequest& request) -> Result<HttpReply> { return shop.gateway.answer(request); },
      [&shop] { return shop.now; }, {std::move(key), {"https://shop.example/paid", "https://shop.example/cart"}});
}

}  // namespace

TEST_CASE("a charge is not in the balance at once, and its fee is told when it is", "[stripe][sandbox]") {
  StripeShop shop;
  shop.provider.set_fee_delay(minutes(2));
  StripeProvider client = client_of(shop);
  const std::string id = shop.paid();
  const std::string charge =
      StripeShop::text_at(shop.call("GET", "/v1/payment_intents/" + shop.intent_of(id)), {"latest_charge"});
  const auto transaction = [&] {
    return StripeShop::text_at(shop.call("GET", "/v1/charges/" + charge), {"balance_transaction"});
  };
  CHECK(transaction() == "null");
  CHECK(word(client.ask({id})->state) == "captured");
  CHECK_FALSE(client.ask({id})->fee);
  CHECK(shop.call("GET", "/v1/balance_transactions/" + charge_transaction_id(1)).status == 404);

  shop.now = shop.now + minutes(2);
  CHECK(transaction() == charge_transaction_id(1));
  CHECK(client.ask({id})->fee == provider_fee({6'994, currency("EUR")}).value());
  CHECK(shop.call("GET", "/v1/balance_transactions/" + charge_transaction_id(1)).status == 200);
}

TEST_CASE("our client opens, asks, refunds and finds at the sandbox's Stripe", "[stripe][sandbox]") {
  StripeShop shop;
  StripeProvider client = client_of(shop);
  const auto page = client.open_page(payment(shop));
  REQUIRE(page);
  CHECK(page->redirect_url == "https://pay.example/c/pay/" + page->provider_id.value);
  CHECK(word(client.ask(page->provider_id)->state) == "open");
  CHECK(client.open_page(payment(shop))->provider_id == page->provider_id);

  REQUIRE(shop.press(page->provider_id.value, "act=pay&card=4242+4242+4242+4242").status == 303);
  const auto answer = client.ask(page->provider_id);
  REQUIRE(answer);
  CHECK(word(answer->state) == "captured");
  CHECK(answer->captured == Money{6'994, currency("EUR")});
  CHECK(answer->fee == *provider_fee(answer->captured));
  CHECK(word(client.expire(page->provider_id).error().code) == "rejected");

  CHECK(client.has_refund({"ref_1"}, page->provider_id).value_or(true) == false);
  CHECK(client.refund(refund("ref_1", 1'668), page->provider_id));
  CHECK(client.refund(refund("ref_1", 1'668), page->provider_id));
  CHECK(client.has_refund({"ref_1"}, page->provider_id).value_or(false));
  CHECK(word(client.refund(refund("ref_2", 5'327), page->provider_id).error().code) == "bad_request");
  CHECK(client.refund(refund("ref_3", 5'326), page->provider_id));
  CHECK(word(client.refund(refund("ref_4", 1), page->provider_id).error().code) == "rejected");

  const ProviderBooks books = shop.provider.books();
  REQUIRE(books.lines.size() == 1);
  CHECK(books.lines.front().payment_id == PaymentId{"pay_1"});
  CHECK(books.lines.front().refunded == books.lines.front().captured);
}

TEST_CASE("our client and the sandbox agree on what is refused", "[stripe][sandbox]") {
  StripeShop shop;
  StripeProvider client = client_of(shop);
  const ProviderId page = client.open_page(payment(shop))->provider_id;
  CHECK(word(client.refund(refund("ref_1", 1), page).error().code) == "rejected");
  CHECK(word(client.ask({"cs_test_none"}).error().code) == "not_found");
  CHECK(word(client.open_page(payment(shop, 6'995)).error().code) == "bad_request");  // the key had another amount
  CHECK(client.expire(page));
  CHECK(client.expire(page));
  CHECK(word(client.ask(page)->state) == "expired");
  CHECK(word(client_of(shop, "sk_test_other").ask(page).error().code) == "auth");
}

TEST_CASE("a session has the shape of Stripe's, open and paid", "[stripe][sandbox]") {
  StripeShop shop;
  const HttpReply opened = shop.call("POST", "/v1/checkout/sessions", StripeShop::order());
  REQUIRE(opened.status == 200);
  CHECK(field_of(opened.fields, "Content-Type") == "application/json");
  const std::string id = StripeShop::text_at(opened, {"id"});
  CHECK(id.starts_with("cs_test_"));
  struct Row {
    Path path;
    std::string open;
    std::string paid;
  };
  const std::vector<Row> rows{
      {{"object"}, "checkout.session", "checkout.session"},
      {{"status"}, "open", "complete"},
      {{"payment_status"}, "unpaid", "paid"},
      {{"amount_total"}, "6994", "6994"},
      {{"currency"}, "eur", "eur"},
      {{"livemode"}, "false", "false"},
      {{"created"}, "1790000000", "1790000000"},
      {{"expires_at"}, "1790086400", "1790086400"},
      {{"metadata", "payment_id"}, "pay_1", "pay_1"},
      {{"url"}, "https://pay.example/c/pay/" + id, "null"},
      {{"payment_intent", "id"}, "absent", "pi_Sampan000000000001"},
      {{"payment_intent", "metadata", "payment_id"}, "absent", "pay_1"},
      {{"payment_intent", "amount_received"}, "absent", "6994"},
      {{"payment_intent", "latest_charge", "id"}, "absent", "ch_Sampan000000000001"},
      {{"payment_intent", "latest_charge", "balance_transaction", "fee"}, "absent", "123"},
      {{"payment_intent", "latest_charge", "balance_transaction", "net"}, "absent", "6871"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CHECK(StripeShop::text_at(opened, row.path) == row.open);
  }
  shop.now = shop.now + minutes(5);
  REQUIRE(shop.press(id, "act=pay&card=4242424242424242").status == 303);
  const HttpReply paid = shop.call("GET", "/v1/checkout/sessions/" + id,
                                   {{"expand[]", "payment_intent.latest_charge.balance_transaction"}});
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CHECK(StripeShop::text_at(paid, row.path) == row.paid);
  }
  CHECK(shop.intent_of(id) == "pi_Sampan000000000001");
}

TEST_CASE("what the provider's API would refuse, the sandbox refuses", "[stripe][sandbox]") {
  struct Case {
    const char* why;
    HttpField change;
    const char* answer;
  };
  const Case c = GENERATE(values<Case>({
      {"a name that Stripe does not know", {"amount", "1"}, "400 invalid_request_error parameter_unknown amount"},
      {"the old list of methods",
       {"payment_method_types[0]", "card"},
       "400 invalid_request_error parameter_unknown payment_method_types[0]"},
      {"no mode", {"mode", ""}, "400 invalid_request_error parameter_missing mode"},
      {"an address that is none",
       {"success_url", "javascript:alert(1)"},
       "400 invalid_request_error url_invalid success_url"},
      {"an address with a line break",
       {"success_url", "https://a\r\nSet-Cookie: x"},
       "400 invalid_request_error url_invalid success_url"},
      {"an amount that is no integer",
       {"line_items[0][price_data][unit_amount]", "69.94"},
       "400 invalid_request_error parameter_invalid_integer line_items[0][price_data][unit_amount]"},
      {"nothing to pay",
       {"line_items[0][price_data][unit_amount]", "0"},
       "400 invalid_request_error amount_too_small line_items"},
      {"a currency that does not exist",
       {"line_items[0][price_data][currency]", "zzz"},
       "400 invalid_request_error invalid_charge_amount line_items[0][price_data][unit_amount]"},
      {"dinars too fine for Stripe",
       {"line_items[0][price_data][currency]", "kwd"},
       "400 invalid_request_error invalid_charge_amount line_items[0][price_data][unit_amount]"},
      {"a page that closes too soon",
       {"expires_at", "1790001799"},
       "400 invalid_request_error parameter_invalid_integer expires_at"},
      {"a page that stays too long",
       {"expires_at", "1790086401"},
       "400 invalid_request_error parameter_invalid_integer expires_at"},
      {"an expansion that does not exist", {"expand[]", "customer.x"}, "400 invalid_request_error absent expand"},
  }));
  CAPTURE(c.why);
  StripeShop shop;
  CHECK(problem(shop.call("POST", "/v1/checkout/sessions", with(StripeShop::order(), c.change))) == c.answer);
  CHECK(shop.records.sessions.empty());
}

TEST_CASE("what is not UTF-8 is refused, wherever it stands", "[stripe][sandbox]") {
  StripeShop shop;
  CHECK(problem(shop.call("GET", "/v1/refunds", {{"\xff", "1"}})) == "400 invalid_request_error absent absent");
  CHECK(problem(shop.call("GET", "/v1/refunds", {{"limit", "\xc3"}})) == "400 invalid_request_error absent absent");
  CHECK(problem(shop.call("GET", "/v1/refunds/\xff")) == "400 invalid_request_error absent absent");
  CHECK(shop.call("POST", "/v1/checkout/sessions", StripeShop::order(), "\xff").status == 400);
  CHECK(shop.call("POST", "/v1/checkout/sessions", with(StripeShop::order(), {"metadata[名]", "值"})).status == 200);
}

TEST_CASE("lines add up to what is paid", "[stripe][sandbox]") {
  StripeShop shop;
  std::vector<HttpField> order = with(StripeShop::order("500", "jpy"), {"line_items[0][quantity]", "3"});
  for (const auto& [name, value] : StripeShop::order("250", "jpy"))
    if (name.starts_with("line_items[0]")) order.push_back({"line_items[1]" + name.substr(13), value});
  CHECK(StripeShop::text_at(shop.call("POST", "/v1/checkout/sessions", order), {"amount_total"}) == "1750");
  order.push_back({"line_items[2][price_data][currency]", "eur"});
  order.push_back({"line_items[2][price_data][unit_amount]", "1"});
  order.push_back({"line_items[2][price_data][product_data][name]", "Another currency"});
  CHECK(problem(shop.call("POST", "/v1/checkout/sessions", order)) == "400 invalid_request_error absent line_items");
}

TEST_CASE("a key is taken as Basic or Bearer, and only the right one", "[stripe][sandbox]") {
  struct Case {
    std::string authorization;
    int32_t status;
  };
  const Case c = GENERATE(values<Case>({
      {"Bearer sk_test_sampan", 404},
      {"Basic c2tfdGVzdF9zYW1wYW46", 404},  // sk_test_sampan:
      {"Basic c2tfdGVzdF9vdGhlcjo=", 401},
      {"Bearer sk_test_other", 401},
      {"", 401},
  }));
  CAPTURE(c.authorization);
  StripeShop shop;
  CHECK(shop.gateway.answer({"GET", "/v1/nothing", "", {{"authorization", c.authorization}}, ""}).status == c.status);
}

TEST_CASE("a key makes a repeat the first reply, for a day", "[stripe][sandbox]") {
  StripeShop shop;
  const HttpReply first = shop.call("POST", "/v1/checkout/sessions", StripeShop::order(), "key_1");
  shop.now = shop.now + hours(24) - milliseconds(1);
  const HttpReply again = shop.call("POST", "/v1/checkout/sessions", StripeShop::order(), "key_1");
  CHECK(again.body == first.body);
  CHECK(field_of(first.fields, "Idempotent-Replayed").empty());
  CHECK(field_of(again.fields, "Idempotent-Replayed") == "true");
  CHECK(shop.records.sessions.size() == 1);

  CHECK(problem(shop.call("POST", "/v1/checkout/sessions", StripeShop::order("1"), "key_1")) ==
        "400 idempotency_error absent absent");
  CHECK(problem(shop.call("POST", "/v1/refunds", StripeShop::order(), "key_1")) ==
        "400 idempotency_error absent absent");

  shop.now = shop.now + milliseconds(1);
  CHECK(shop.call("POST", "/v1/checkout/sessions", StripeShop::order(), "key_1").body != first.body);
  CHECK(shop.call("POST", "/v1/checkout/sessions", StripeShop::order()).status == 200);
  CHECK(shop.records.sessions.size() == 3);
}

TEST_CASE("a refusal is not saved: the key is free for the corrected call", "[stripe][sandbox]") {
  StripeShop shop;
  CHECK(shop.call("POST", "/v1/checkout/sessions", StripeShop::order("0"), "key_1").status == 400);
  CHECK(shop.call("POST", "/v1/checkout/sessions", StripeShop::order("1"), "key_1").status == 200);
  CHECK(shop.call("POST", "/v1/checkout/sessions", StripeShop::order(), std::string(256, 'k')).status == 400);
}

TEST_CASE("a forgotten key refunds twice, which is why the shop asks first", "[stripe][sandbox]") {
  StripeShop shop;
  const std::vector<HttpField> asked{{"payment_intent", shop.intent_of(shop.paid())}, {"amount", "100"}};
  CHECK(shop.call("POST", "/v1/refunds", asked, "key_1").status == 200);
  shop.now = shop.now + hours(25);
  CHECK(shop.call("POST", "/v1/refunds", asked, "key_1").status == 200);
  CHECK(shop.provider.books().lines.front().refunded.minor == 200);
}

TEST_CASE("refunds are listed newest first, page by page", "[stripe][sandbox]") {
  StripeShop shop;
  const std::string intent = shop.intent_of(shop.paid());
  std::vector<std::string> ids;
  for (const char* const amount : {"1", "2", "3"}) {
    const HttpReply made = shop.call("POST", "/v1/refunds", {{"payment_intent", intent}, {"amount", amount}});
    ids.push_back(StripeShop::text_at(made, {"id"}));
  }
  const auto page = [&](const std::string& after) {
    std::vector<HttpField> query{{"payment_intent", intent}, {"limit", "2"}};
    if (!after.empty()) query.push_back({"starting_after", after});
    const auto list = parse_stripe_refunds(shop.call("GET", "/v1/refunds", query).body);
    REQUIRE(list);
    std::string seen = list->has_more ? "more:" : "last:";
    for (const StripeRefund& each : list->refunds) seen += " " + each.id;
    return seen;
  };
  CHECK(page("") == "more: " + ids[2] + " " + ids[1]);
  CHECK(page(ids[1]) == "last: " + ids[0]);
  CHECK(shop.call("GET", "/v1/refunds", {{"starting_after", "re_none"}}).status == 404);
  CHECK(StripeShop::text_at(shop.call("GET", "/v1/refunds/" + ids[1]), {"amount"}) == "2");
  CHECK(parse_stripe_refunds(shop.call("GET", "/v1/refunds", {{"charge", "ch_none"}}).body)->refunds.empty());

  const HttpReply rest = shop.call("POST", "/v1/refunds", {{"payment_intent", intent}});
  CHECK(StripeShop::text_at(rest, {"amount"}) == "6988");
  const std::string moved = StripeShop::text_at(rest, {"balance_transaction"});
  CHECK(StripeShop::text_at(shop.call("GET", "/v1/balance_transactions/" + moved), {"net"}) == "-6988");
  CHECK(StripeShop::text_at(shop.call("GET", "/v1/payment_intents/" + intent, {{"expand[0]", "latest_charge"}}),
                            {"latest_charge", "refunded"}) == "true");
}

TEST_CASE("what the sandbox's Stripe remembers survives being written down", "[stripe][sandbox]") {
  StripeShop shop;
  const std::string id = shop.paid();
  shop.call("POST", "/v1/refunds", {{"payment_intent", shop.intent_of(id)}}, "key_1");
  const auto read = from_json<StripeRecords>(to_json(shop.records));
  REQUIRE(read);
  CHECK(to_json(*read) == to_json(shop.records));
  const HttpReply before = shop.call("GET", "/v1/checkout/sessions/" + id);
  shop.records = *read;
  CHECK(shop.call("GET", "/v1/checkout/sessions/" + id).body == before.body);
}

}  // namespace sampan
