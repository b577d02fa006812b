// What went wrong, as a value: every function that can fail returns Result<T>.
//
// Errors  a code that programs branch on, a sentence for a person, a context for the operator
// Source  docs/errors.md is generated from the table in error.cpp; the codes are a contract
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace sampan {

// An error that a person caused, one that will pass and one that we caused are different codes.
// outcome_unknown means "we do not know whether it happened": it leads to a question, never to a repeat.
enum class ErrorCode {
  // A person's input.
  bad_input,
  not_found,
  conflict,
  not_offered,
  // Rules of the shop.
  empty_cart,
  below_moq,
  not_a_lot,
  quote_stale,
  price_changed,
  sold_out,
  not_allowed_now,
  // Links.
  link_needs_lookup,
  link_not_a_product,
  link_ambiguous,
  link_unsupported,
  // Money.
  currency_mismatch,
  overflow,
  rate_stale,
  // Upstream: a marketplace, a payment provider, a carrier.
  retry_later,
  quota,
  auth,
  rejected,
  bad_request,
  bad_reply,
  outcome_unknown,
  // Ours.
  bad_data,
  storage,
};

struct Error {
  ErrorCode code{};
  std::string sentence;      // for a person: what happened and what to do now
  std::string context = {};  // for the operator: "taobao item 6012, /price"; never a secret
};

template <class T>
using Result = tl::expected<T, Error>;

// "quote_stale": the word in JSON, logs and documents.
std::string_view word(ErrorCode code);

// What an operator reads about a code in docs/errors.md.
std::string_view meaning(ErrorCode code);

tl::unexpected<Error> fail(ErrorCode code, std::string sentence, std::string context = {});

// Says where it happened; added once, where the name of the thing is known.
Error within(Error error, std::string_view place);

// Result<void> has no value to return; `return done();` says so.
inline Result<void> done() { return {}; }

}  // namespace sampan

#define SAMPAN_JOIN_(a, b) a##b
#define SAMPAN_JOIN(a, b) SAMPAN_JOIN_(a, b)

// TRY(auto quote, load_quote(tx, id));   binds the value, or returns the error
#define TRY(binding, ...) SAMPAN_TRY_(SAMPAN_JOIN(result_, __COUNTER__), binding, __VA_ARGS__)
#define SAMPAN_TRY_(result, binding, ...)                          \
  auto result = (__VA_ARGS__);                                     \
  if (!result) return ::tl::unexpected(std::move(result).error()); \
  binding = *std::move(result) /* NOLINT(bugprone-macro-parentheses) */

// TRY_DO(insert_order(tx, order));       only returns the error
#define TRY_DO(...) SAMPAN_TRY_DO_(SAMPAN_JOIN(tried_, __COUNTER__), __VA_ARGS__)
#define SAMPAN_TRY_DO_(tried, ...)                                                             \
  do {                                                                                         \
    if (auto tried = (__VA_ARGS__); !tried) return ::tl::unexpected(std::move(tried).error()); \
  } while (false)
