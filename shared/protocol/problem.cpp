#include "shared/protocol/problem.hpp"

#include <algorithm>
#include <array>

#include "shared/core/json.hpp"

namespace sampan {
namespace {

struct Row {
  int32_t status;
  std::string_view title;
  std::array<ErrorCode, 12> codes;
  size_t count;
};

template <size_t n>
constexpr Row row(int32_t status, std::string_view title, const ErrorCode (&codes)[n]) {
  Row made{status, title, {}, n};
  for (size_t i = 0; i < n; ++i) made.codes[i] = codes[i];
  return made;
}

using enum ErrorCode;
constexpr std::array rows{
    row(400, "Bad Request", {bad_input}),
    row(404, "Not Found", {not_found}),
    row(409, "Conflict", {conflict, quote_stale, price_changed, sold_out, not_allowed_now}),
    row(422, "Unprocessable Content",
        {not_offered, empty_cart, below_moq, not_a_lot, link_needs_lookup, link_not_a_product, link_ambiguous,
         link_unsupported, currency_mismatch, overflow}),
    row(500, "Internal Server Error", {bad_data}),
    row(502, "Bad Gateway", {auth, rejected, bad_request, bad_reply, outcome_unknown}),
    row(503, "Service Unavailable", {rate_stale, retry_later, quota, storage}),
};

const Row& row_of(ErrorCode code) {
  return *std::find_if(rows.begin(), rows.end(), [&](const Row& each) {
    return std::find(each.codes.begin(), each.codes.begin() + static_cast<std::ptrdiff_t>(each.count), code) !=
           each.codes.begin() + static_cast<std::ptrdiff_t>(each.count);
  });
}

constexpr size_t total() {
  size_t count = 0;
  for (const Row& each : rows) count += each.count;
  return count;
}
static_assert(total() == static_cast<size_t>(ErrorCode::storage) + 1, "every code has one status");

}  // namespace

int32_t status_of(ErrorCode code) { return row_of(code).status; }

HttpReply problem_reply(const Error& error) {
  const Row& row = row_of(error.code);
  HttpReply reply;
  reply.status = row.status;
  reply.fields.push_back({"Content-Type", "application/problem+json"});
  if (row.status == 503) reply.fields.push_back({"Retry-After", "10"});
  reply.body = R"({"title":)" + to_json(std::string(row.title)) + R"(,"status":)" + std::to_string(row.status) +
               R"(,"code":)" + to_json(std::string(word(error.code))) + R"(,"detail":)" + to_json(error.sentence) + "}";
  return reply;
}

}  // namespace sampan
