// A place in a reply of 1688, and what stands there: its numbers and ids come as JSON numbers or as strings, and a field
// may be missing, null or of another kind than documented.
//
// Shape   required: a Result, bad_reply with the JSON pointer when it is not there · else an optional, or empty
// Trap    an order id has up to 19 digits and is kept as text; where there is a string twin, that one is right
// Source  upstream.md 1, points 4, 5 and 8
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/catalog/unit_price.hpp"
#include "shared/core/json.hpp"

namespace sampan::alibaba1688 {

class Reply {
 public:
  explicit Reply(const Json& root) : json_(&root) {}
  explicit Reply(Json&&) = delete;  // the tree outlives its places

  Reply operator[](std::string_view name) const;
  std::vector<Reply> items() const;  // none where there is no array

  bool has_value() const { return json_ != nullptr && json_->kind != JsonKind::null; }
  bool is_array() const { return json_ != nullptr && json_->kind == JsonKind::array; }
  bool is_true() const;   // true, or "true"
  bool is_false() const;  // false, or "false"; not: missing
  const std::string& pointer() const { return pointer_; }

  std::string text() const;  // of a string or a number; else empty
  std::optional<int64_t> whole() const;

  Result<std::string> required_text() const;  // not empty
  Result<std::string> required_id() const;    // digits, or any string
  Result<int64_t> required_whole() const;     // "2.0" is 2
  Result<Money> required_yuan() const;        // "6.15" is 615 fen; a third decimal is rounded half to even
  Result<Money> required_fen() const;
  // Above zero, to 10^-4 yuan. Absent: no price is told (null, missing, zero); bad_reply for what is no number.
  Result<std::optional<UnitPrice>> price() const;
  // In units of 10^-digits, rounded half to even; absent when it is no number above zero.
  std::optional<int64_t> measure(int digits) const;

  tl::unexpected<Error> unreadable(std::string_view why) const;

 private:
  Reply(const Json* json, std::string pointer) : json_(json), pointer_(std::move(pointer)) {}

  const Json* json_ = nullptr;  // null: not there
  std::string pointer_;
};

}  // namespace sampan::alibaba1688
