// The APIs of the simulated 1688 as a table: each row's name, what it needs, what answers, and how it says no.
//
// Errors  a family answers with an Error whose context begins with the platform's code, as refusal.hpp has it
// Source  upstream.md 4.3 to 4.6; the pages of open.1688.com that each family names
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/sandbox/aop_tokens.hpp"
#include "proxy/sandbox/world.hpp"
#include "shared/marketplace/parameter.hpp"

namespace sampan {

// What was sent beside the path, decoded.
struct AopParameters {
  std::vector<Parameter> sent;

  const std::string* find(std::string_view name) const;
  std::string text(std::string_view name) const;  // empty when it was not sent
  // Below: the error of a parameter that cannot be understood is the platform's 400.
  Result<int64_t> integer(std::string_view name, int64_t when_absent) const;
  Result<Json> json(std::string_view name) const;
  Result<std::optional<Instant>> time(std::string_view name) const;
};

// Members of a JSON parameter: a number or the same as text, as 1688 takes both.
std::string member_text(const Json& object, std::string_view name);
Result<int64_t> member_integer(const Json& object, std::string_view name);
tl::unexpected<Error> malformed(std::string_view about);
// The same error under the code that one API has for it.
Error renamed(Error error, std::string_view code, std::string_view to);

// Where a business error stands in the answer, and by which names.
enum class AopRefusalShape {
  top_error_msg,      // {success, errorCode, errorMsg}
  top_error_message,  // {success, errorCode, errorMessage}
  result_code,        // {result: {success, code, message}}
  result_and_top,     // {result: {success, code, message, failedOfferList}, success, code, message}
};

struct AopScene {
  Scene& scene;
  const AopAccount& account;
  const AopParameters& parameters;
};

struct AopApi {
  std::string_view space;
  std::string_view name;
  bool changes = false;
  bool needs_token = true;
  AopRefusalShape refusal{};
  std::vector<std::string_view> needs;  // parameters that must be sent
  std::function<Result<Json>(const AopScene&)> answer;
};

std::vector<AopApi> aop_product_apis();
std::vector<AopApi> aop_order_apis();
std::vector<AopApi> aop_order_reading_apis();
std::vector<AopApi> aop_refund_apis();
std::vector<AopApi> aop_logistics_apis();
std::vector<AopApi> aop_message_apis();
std::vector<AopApi> aop_system_apis();

// {result: {success: true, code, message, result}}: how the product and the refund APIs wrap what they found.
Json wrapped_result(Json result, std::string_view code, std::string_view message);
Json refusal_body(const AopApi& api, const Error& error, const AopParameters& parameters);

}  // namespace sampan
