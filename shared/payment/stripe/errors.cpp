#include "shared/payment/stripe/errors.hpp"

#include <array>
#include <optional>

#include "shared/core/json.hpp"

namespace sampan {
namespace {

struct StripeErrorBody {
  std::optional<std::string> type;
  std::optional<std::string> code;
  std::optional<std::string> decline_code;
  std::optional<std::string> message;
  std::optional<std::string> param;
};
FIELDS(StripeErrorBody, type, code, decline_code, message, param)

struct StripeErrorReply {
  StripeErrorBody error;
};
FIELDS(StripeErrorReply, error)

// The first row that fits; 0 and "" fit all.
struct Row {
  int32_t status;
  std::string_view type;
  std::string_view code;
  ErrorCode means;
};
constexpr std::array rows{
    // clang-format off
    Row{401, "",                      "",                                ErrorCode::auth},
    Row{403, "",                      "",                                ErrorCode::auth},
    Row{0,   "",                      "idempotency_key_in_use",          ErrorCode::retry_later},
    Row{0,   "",                      "lock_timeout",                    ErrorCode::retry_later},
    Row{429, "",                      "",                                ErrorCode::quota},
    Row{0,   "idempotency_error",     "",                                ErrorCode::bad_request},
    Row{0,   "card_error",            "",                                ErrorCode::rejected},
    Row{0,   "",                      "charge_already_refunded",         ErrorCode::rejected},
    Row{0,   "",                      "charge_disputed",                 ErrorCode::rejected},
    Row{0,   "",                      "balance_insufficient",            ErrorCode::rejected},
    Row{0,   "",                      "payment_intent_unexpected_state", ErrorCode::rejected},
    Row{0,   "",                      "amount_too_small",                ErrorCode::rejected},
    Row{0,   "",                      "amount_too_large",                ErrorCode::rejected},
    Row{0,   "",                      "resource_missing",                ErrorCode::not_found},
    Row{404, "",                      "",                                ErrorCode::not_found},
    Row{409, "",                      "",                                ErrorCode::retry_later},
    Row{0,   "invalid_request_error", "",                                ErrorCode::bad_request},
    Row{0,   "api_error",             "",                                ErrorCode::retry_later},
    // clang-format on
};

std::optional<ErrorCode> meaning_of(int32_t status, std::string_view type, std::string_view code) {
  for (const Row& row : rows) {
    const bool fits = (row.status == 0 || row.status == status) && (row.type.empty() || row.type == type) &&
                      (row.code.empty() || row.code == code);
    if (fits) return row.means;
  }
  if (status >= 500) return ErrorCode::retry_later;
  if (status >= 400) return ErrorCode::bad_request;
  return std::nullopt;
}

std::string_view sentence_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::auth: return "The payment provider refuses our key; the operator must look.";
    case ErrorCode::quota: return "The payment provider is asked too often; it is tried again.";
    case ErrorCode::rejected: return "The payment provider refuses this.";
    case ErrorCode::not_found: return "The payment provider does not know this.";
    case ErrorCode::bad_request: return "The payment provider cannot read our request.";
    case ErrorCode::outcome_unknown: return "It is not known whether the payment provider did it; it is asked.";
    case ErrorCode::bad_reply: return "The payment provider's answer cannot be read.";
    default: return "The payment provider is not well; it is tried again.";
  }
}

ErrorCode unreadable_code(StripeCall call) {
  return call == StripeCall::changes ? ErrorCode::outcome_unknown : ErrorCode::bad_reply;
}

// A saved 500 is replayed for a day, and Stripe says so by "false": repeating it tells nothing new.
ErrorCode overruled(ErrorCode code, std::string_view should_retry, StripeCall call) {
  if (should_retry == "true" && code != ErrorCode::quota) return ErrorCode::retry_later;
  if (should_retry == "false" && code == ErrorCode::retry_later) return unreadable_code(call);
  return code;
}

void append(std::string& out, const std::optional<std::string>& part) {
  if (part && !part->empty()) out += " " + part->substr(0, 200);
}

}  // namespace

Error stripe_error(const HttpReply& reply, StripeCall call) {
  const auto body = from_json<StripeErrorReply>(reply.body);
  const StripeErrorBody error = body ? body->error : StripeErrorBody{};
  const auto meant = meaning_of(reply.status, error.type.value_or(""), error.code.value_or(""));
  const ErrorCode code =
      meant ? overruled(*meant, field_of(reply.fields, "Stripe-Should-Retry"), call) : unreadable_code(call);

  std::string context = "stripe " + std::to_string(reply.status);
  append(context, error.type);
  append(context, error.code);
  append(context, error.decline_code);
  append(context, error.param);
  if (code != ErrorCode::auth) append(context, error.message);  // that of 401 shows part of the key
  return {code, std::string(sentence_of(code)), std::move(context)};
}

Error unreadable(Error why, StripeCall call) {
  const ErrorCode code = unreadable_code(call);
  return within({code, std::string(sentence_of(code)), std::move(why.context)}, "stripe");
}

}  // namespace sampan
