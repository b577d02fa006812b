// Our requests byte by byte, and what Stripe's replies mean. The replies are cut down from the objects' documents.
#include "shared/payment/stripe/stripe_provider.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <vector>

namespace sampan {
namespace {

constexpr Instant now{1'790'000'000'000};
const ProviderId session_id{"cs_test_1"};

const std::string open_session =
    R"({"id":"cs_test_1","object":"checkout.session","status":"open","payment_status":"unpaid","url":"https://pay.example/1",)"
    R"("amount_total":6994,"currency":"eur","payment_intent":null,"livemode":false,"future_field":{}})";
const std::string paid_session =
    R"({"id":"cs_test_1","status":"complete","payment_status":"paid","url":null,"payment_intent":"pi_1"})";

std::string expanded(const std::string& charge) {
  return R"({"id":"cs_test_1","status":"complete","payment_status":"paid","url":null,"payment_intent":)"
         R"({"id":"pi_1","amount_received":6994,"currency":"eur","latest_charge":)" +
         charge + "}}";
}

// Answers in turn, and keeps what was asked.
struct Wire {
  std::vector<Result<HttpReply>> replies;
  std::vector<HttpRequest> asked;
  StripeProvider provider{
      [this](const HttpRequest& request) -> Result<HttpReply> {
        asked.push_back(request);
        if (asked.size() > replies.size()) return fail(ErrorCode::retry_later, "nothing more");
        return replies.at(asked.size() - 1);
      },
      [] { return now; },
      {"sk_test_sampan",
       {"https://shop.example/paid?p={payment_id}&s={CHECKOUT_SESSION_ID}", "https://shop.example/orders/{order_id}"}}};

  explicit Wire(std::vector<Result<HttpReply>> given) : replies(std::move(given)) {}
};

Result<HttpReply> answers(int32_t status, std::string body, std::vector<HttpField> fields = {}) {
  return HttpReply{status, std::move(fields), std::move(body)};
}
Result<HttpReply> lost() { return fail(ErrorCode::outcome_unknown, "time-out"); }

Payment payment(Duration window = hours(1)) {
  Payment payment;
  payment.payment_id = {"pay_1"};
  payment.order_id = {"ord_1"};
  payment.amount = {6'994, currency("EUR")};
  payment.expires_at = now + window;
  return payment;
}
Refund refund() {
  Refund refund;
  refund.refund_id = {"ref_1"};
  refund.payment_id = {"pay_1"};
  refund.amount = {1'668, currency("EUR")};
  return refund;
}

template <class T>
std::string code_of(const Result<T>& result) {
  return result ? "done" : std::string(word(result.error().code));
}

}  // namespace

TEST_CASE("a page is opened with the whole of what Stripe needs, and its key", "[stripe]") {
  Wire wire({answers(200, open_session)});
  const auto page = wire.provider.open_page(payment());
  REQUIRE(page);
  CHECK(page->provider_id == session_id);
  CHECK(page->redirect_url == "https://pay.example/1");

  const HttpRequest& asked = wire.asked.at(0);
  CHECK(asked.method == "POST");
  CHECK(asked.path == "/v1/checkout/sessions");
  CHECK(field_of(asked.fields, "Authorization") == "Bearer sk_test_sampan");
  CHECK(field_of(asked.fields, "Stripe-Version") == "2026-10-28.endive");
  CHECK(field_of(asked.fields, "Content-Type") == "application/x-www-form-urlencoded");
  CHECK(field_of(asked.fields, "Idempotency-Key") == "sampan:pay_1:open:1");
  CHECK(parse_form(asked.body) == std::vector<HttpField>{
                                      {"mode", "payment"},
                                      {"line_items[0][quantity]", "1"},
                                      {"line_items[0][price_data][currency]", "eur"},
                                      {"line_items[0][price_data][unit_amount]", "6994"},
                                      {"line_items[0][price_data][product_data][name]", "Order ord_1"},
                                      {"success_url", "https://shop.example/paid?p=pay_1&s={CHECKOUT_SESSION_ID}"},
                                      {"cancel_url", "https://shop.example/orders/ord_1"},
                                      {"client_reference_id", "pay_1"},
                                      {"metadata[payment_id]", "pay_1"},
                                      {"payment_intent_data[metadata][payment_id]", "pay_1"},
                                      {"expires_at", "1790005400"},
                                  });
}

TEST_CASE("a repeat a minute later is the same request, byte by byte", "[stripe]") {
  const StripeReturns returns{"https://shop.example/a", "https://shop.example/b"};
  const auto first = checkout_form(payment(), returns, now);
  const auto later = checkout_form(payment(), returns, now + minutes(59));
  REQUIRE(first);
  REQUIRE(later);
  CHECK(*first == *later);
}

TEST_CASE("a page's window is one that Stripe takes", "[stripe]") {
  struct Case {
    const char* why;
    Duration window;
    const char* code;
  };
  const Case c = GENERATE(values<Case>({
      {"a second is left", seconds(1), "done"},
      {"the longest", minutes(23 * 60 + 30), "done"},
      {"longer than a day with what we add", minutes(23 * 60 + 31), "bad_data"},
      {"over", seconds(0), "bad_request"},
  }));
  CAPTURE(c.why);
  Wire wire({answers(200, open_session)});
  CHECK(code_of(wire.provider.open_page(payment(c.window))) == c.code);
}

TEST_CASE("asking tells what was really taken, and what Stripe keeps of it", "[stripe]") {
  struct Case {
    const char* why;
    std::string body;
    const char* state;
    int64_t captured;
    const char* fee;
  };
  const Case c = GENERATE(values<Case>({
      {"open", open_session, "open", 0, "not told"},
      {"expired", R"({"id":"cs_test_1","status":"expired","payment_status":"unpaid","url":null,"payment_intent":null})",
       "expired", 0, "not told"},
      {"a bank debit that takes days",
       R"({"id":"cs_test_1","status":"complete","payment_status":"unpaid","payment_intent":"pi_1"})", "open", 0,
       "not told"},
      {"paid, in our balance's currency",
       expanded(R"({"id":"ch_1","balance_transaction":{"id":"txn_1","fee":123,"currency":"eur"}})"), "captured", 6'994,
       "EUR 1.23"},
      {"paid, the balance in another currency",
       expanded(R"({"id":"ch_1","balance_transaction":{"id":"txn_1","fee":150,"currency":"usd"}})"), "captured", 6'994,
       "USD 1.50"},
      {"paid, not in the balance yet", expanded(R"({"id":"ch_1","balance_transaction":null})"), "captured", 6'994,
       "not told"},
  }));
  CAPTURE(c.why);
  Wire wire({answers(200, c.body)});
  const auto answer = wire.provider.ask(session_id);
  REQUIRE(answer);
  CHECK(word(answer->state) == c.state);
  CHECK(answer->captured.minor == c.captured);
  CHECK((answer->fee ? text(*answer->fee) : "not told") == c.fee);
  CHECK(wire.asked.at(0).method == "GET");
  CHECK(wire.asked.at(0).path == "/v1/checkout/sessions/cs_test_1");
  CHECK(parse_form(wire.asked.at(0).query) ==
        std::vector<HttpField>{{"expand[]", "payment_intent.latest_charge.balance_transaction"}});
}

TEST_CASE("an answer that cannot be read is a bad reply to a question and an unknown outcome of a change", "[stripe]") {
  const char* const body =
      GENERATE("", "<html>", "[]", "{}", R"({"id":"cs_test_1","status":"new","payment_status":"paid"})",
               R"({"id":"cs/../1","status":"open","payment_status":"unpaid","url":"https://a"})");
  CAPTURE(body);
  Wire asks({answers(200, body)});
  CHECK(code_of(asks.provider.ask(session_id)) == "bad_reply");
  Wire changes({answers(200, body)});
  CHECK(code_of(changes.provider.open_page(payment())) == "outcome_unknown");
  Wire refunds({answers(200, paid_session), answers(200, "{}")});
  CHECK(code_of(refunds.provider.refund(refund(), session_id)) == "outcome_unknown");
}

TEST_CASE("paid without an amount is a bad reply, never a default", "[stripe]") {
  Wire wire({answers(200, paid_session)});
  CHECK(code_of(wire.provider.ask(session_id)) == "bad_reply");
}

TEST_CASE("a lost question is asked again, a lost change is unknown", "[stripe]") {
  CHECK(code_of(Wire({lost()}).provider.ask(session_id)) == "retry_later");
  CHECK(code_of(Wire({lost()}).provider.open_page(payment())) == "outcome_unknown");
  CHECK(code_of(Wire({lost()}).provider.expire(session_id)) == "outcome_unknown");
  CHECK(code_of(Wire({answers(200, paid_session), lost()}).provider.refund(refund(), session_id)) == "outcome_unknown");
}

TEST_CASE("a page that is paid cannot be expired, one that is expired already is done", "[stripe]") {
  const std::string refused =
      R"({"error":{"type":"invalid_request_error","message":"Only open ones can be expired."}})";
  const std::string expired_session =
      R"({"id":"cs_test_1","status":"expired","payment_status":"unpaid","payment_intent":null})";
  CHECK(code_of(Wire({answers(200, expired_session)}).provider.expire(session_id)) == "done");
  CHECK(code_of(Wire({answers(400, refused), answers(200, paid_session)}).provider.expire(session_id)) == "rejected");
  CHECK(code_of(Wire({answers(400, refused), answers(200, expired_session)}).provider.expire(session_id)) == "done");
  CHECK(code_of(Wire({answers(400, refused), answers(200, open_session)}).provider.expire(session_id)) ==
        "bad_request");
  CHECK(code_of(Wire({answers(400, refused), answers(500, "")}).provider.expire(session_id)) == "retry_later");
}

TEST_CASE("a refund is asked for with its own key, once it is known what was paid", "[stripe]") {
  Wire wire({answers(200, paid_session), answers(200, R"({"id":"re_1","status":"pending","metadata":{}})")});
  CHECK(code_of(wire.provider.refund(refund(), session_id)) == "done");
  const HttpRequest& asked = wire.asked.at(1);
  CHECK(asked.method == "POST");
  CHECK(asked.path == "/v1/refunds");
  CHECK(field_of(asked.fields, "Idempotency-Key") == "sampan:ref_1:refund:1");
  CHECK(parse_form(asked.body) == std::vector<HttpField>{{"payment_intent", "pi_1"},
                                                         {"amount", "1668"},
                                                         {"metadata[refund_id]", "ref_1"},
                                                         {"metadata[payment_id]", "pay_1"}});
  Wire failed({answers(200, paid_session), answers(200, R"({"id":"re_1","status":"failed"})")});
  CHECK(code_of(failed.provider.refund(refund(), session_id)) == "rejected");
  Wire unpaid({answers(200, open_session)});
  CHECK(code_of(unpaid.provider.refund(refund(), session_id)) == "rejected");
  CHECK(unpaid.asked.size() == 1);
}

TEST_CASE("a refund is found by our id on whichever page it stands", "[stripe]") {
  const std::string first = R"({"data":[{"id":"re_9","status":"succeeded","metadata":{"refund_id":"ref_9"}},)"
                            R"({"id":"re_8","status":"succeeded","metadata":null}],"has_more":true})";
  const auto last = [](const std::string& status) {
    return R"({"data":[{"id":"re_1","status":")" + status + R"(","metadata":{"refund_id":"ref_1"}}],"has_more":false})";
  };
  Wire wire({answers(200, paid_session), answers(200, first), answers(200, last("pending"))});
  const auto found = wire.provider.has_refund({"ref_1"}, session_id);
  REQUIRE(found);
  CHECK(*found);
  CHECK(parse_form(wire.asked.at(1).query) == std::vector<HttpField>{{"payment_intent", "pi_1"}, {"limit", "100"}});
  CHECK(parse_form(wire.asked.at(2).query) ==
        std::vector<HttpField>{{"payment_intent", "pi_1"}, {"limit", "100"}, {"starting_after", "re_8"}});

  Wire without({answers(200, paid_session), answers(200, first), answers(200, R"({"data":[],"has_more":false})")});
  CHECK(without.provider.has_refund({"ref_1"}, session_id).value_or(true) == false);
  Wire failed({answers(200, paid_session), answers(200, last("failed"))});
  CHECK(code_of(failed.provider.has_refund({"ref_1"}, session_id)) == "rejected");
  Wire endless({answers(200, paid_session), answers(200, R"({"data":[],"has_more":true})")});
  CHECK(code_of(endless.provider.has_refund({"ref_1"}, session_id)) == "bad_reply");
}

TEST_CASE("an error of Stripe is a code of ours", "[stripe]") {
  struct Case {
    const char* why;
    int32_t status;
    const char* error;  // what stands in {"error":{…}}
    const char* should_retry;
    const char* of_change;
    const char* of_question;
  };
  const Case c = GENERATE(values<Case>({
      {"a declined card", 402, R"("type":"card_error","code":"card_declined","decline_code":"insufficient_funds")", "",
       "rejected", "rejected"},
      {"a malformed request", 400, R"("type":"invalid_request_error","code":"parameter_unknown","param":"x")", "",
       "bad_request", "bad_request"},
      {"an unknown object", 404, R"("type":"invalid_request_error","code":"resource_missing")", "", "not_found",
       "not_found"},
      {"an unknown object, as of a parameter", 400, R"("type":"invalid_request_error","code":"resource_missing")", "",
       "not_found", "not_found"},
      {"refunded before", 400, R"("type":"invalid_request_error","code":"charge_already_refunded")", "", "rejected",
       "rejected"},
      {"Stripe is not well", 500, R"("type":"api_error")", "", "retry_later", "retry_later"},
      {"nor its load balancer", 503, "", "", "retry_later", "retry_later"},
      {"a 500 that is saved under its key", 500, R"("type":"api_error")", "false", "outcome_unknown", "bad_reply"},
      {"the key is in use", 409, R"("type":"idempotency_error","code":"idempotency_key_in_use")", "", "retry_later",
       "retry_later"},
      {"the key has other parameters", 400, R"("type":"idempotency_error")", "", "bad_request", "bad_request"},
      {"a wrong key", 401, R"("type":"invalid_request_error","message":"Invalid API Key provided: sk_test_1234")", "",
       "auth", "auth"},
      {"a key that may not", 403, R"("type":"invalid_request_error")", "", "auth", "auth"},
      {"too often", 429, R"("type":"invalid_request_error","code":"rate_limit")", "", "quota", "quota"},
      {"too often, and told to repeat", 429, R"("type":"invalid_request_error","code":"rate_limit")", "true", "quota",
       "quota"},
      {"an object is locked", 429, R"("type":"invalid_request_error","code":"lock_timeout")", "", "retry_later",
       "retry_later"},
      {"told to repeat", 400, R"("type":"invalid_request_error")", "true", "retry_later", "retry_later"},
      {"a redirect, which Stripe does not have", 302, "", "", "outcome_unknown", "bad_reply"},
  }));
  CAPTURE(c.why);
  HttpReply reply{c.status, {}, R"({"error":{)" + std::string(c.error) + "}}"};
  if (*c.should_retry != '\0') reply.fields.push_back({"stripe-should-retry", c.should_retry});
  CHECK(word(stripe_error(reply, StripeCall::changes).code) == c.of_change);
  CHECK(word(stripe_error(reply, StripeCall::asks).code) == c.of_question);
}

TEST_CASE("the operator reads what Stripe said, but no key", "[stripe]") {
  const auto context = [](int32_t status, const char* body) {
    Wire wire({answers(status, body)});
    return wire.provider.ask(session_id).error().context;
  };
  CHECK(
      context(400,
              R"({"error":{"type":"invalid_request_error","code":"parameter_unknown","param":"x","message":"Why"}})") ==
      "GET /v1/checkout/sessions/cs_test_1, stripe 400 invalid_request_error parameter_unknown x Why");
  CHECK(context(401,
                R"({"error":{"type":"invalid_request_error","message":"Invalid API Key provided: sk_test_*pan"}})") ==
        "GET /v1/checkout/sessions/cs_test_1, stripe 401 invalid_request_error");
}

}  // namespace sampan
