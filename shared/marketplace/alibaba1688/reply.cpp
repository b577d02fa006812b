#include "shared/marketplace/alibaba1688/reply.hpp"

#include <algorithm>

namespace sampan::alibaba1688 {
namespace {

constexpr size_t longest_id = 64;

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Reply Reply::operator[](std::string_view name) const {
  return {json_ == nullptr ? nullptr : json_->find(name), pointer_ + "/" + std::string(name)};
}

std::vector<Reply> Reply::items() const {
  std::vector<Reply> all;
  if (!is_array()) return all;
  all.reserve(json_->items.size());
  for (size_t i = 0; i < json_->items.size(); ++i)
    all.push_back(Reply(&json_->items[i], pointer_ + "/" + std::to_string(i)));
  return all;
}

bool Reply::is_true() const {
  if (json_ == nullptr) return false;
  return json_->kind == JsonKind::boolean ? json_->boolean : json_->text == "true";
}

bool Reply::is_false() const {
  if (json_ == nullptr) return false;
  return json_->kind == JsonKind::boolean ? !json_->boolean : json_->text == "false";
}

std::string Reply::text() const { return json_ == nullptr ? std::string() : json_->text; }

std::optional<int64_t> Reply::whole() const {
  const auto value = required_whole();
  return value ? std::optional(*value) : std::nullopt;
}

Result<std::string> Reply::required_text() const {
  if (json_ == nullptr || json_->kind != JsonKind::string || json_->text.empty()) return unreadable("a text");
  return json_->text;
}

Result<std::string> Reply::required_id() const {
  const std::string id = text();
  const bool is_number = json_ != nullptr && json_->kind == JsonKind::number;
  if (id.empty() || id.size() > longest_id || (is_number && !is_digits(id))) return unreadable("an id");
  return id;
}

Result<int64_t> Reply::required_whole() const {
  const auto value = scaled(text(), 0);
  if (!value) return unreadable("a whole number");
  return *value;
}

Result<Money> Reply::required_yuan() const {
  const auto fen = scaled(text(), cny().digits(), Rounding::half_even);
  if (!fen) return unreadable("an amount in yuan");
  return Money{*fen, cny()};
}

Result<Money> Reply::required_fen() const {
  const auto fen = scaled(text(), 0);
  if (!fen) return unreadable("an amount in fen");
  return Money{*fen, cny()};
}

Result<std::optional<UnitPrice>> Reply::price() const {
  if (!has_value() || text().empty()) return std::optional<UnitPrice>();
  const auto yuan = scaled(text(), 4, Rounding::half_even);
  if (!yuan) return unreadable("a price in yuan");
  return *yuan > 0 ? std::optional(UnitPrice{*yuan}) : std::nullopt;
}

std::optional<int64_t> Reply::measure(int digits) const {
  const auto value = scaled(text(), digits, Rounding::half_even);
  return value && *value > 0 ? std::optional(*value) : std::nullopt;
}

tl::unexpected<Error> Reply::unreadable(std::string_view why) const {
  return fail(ErrorCode::bad_reply, "The marketplace's reply cannot be read.",
              pointer_ + ": " + std::string(why) + " is expected");
}

}  // namespace sampan::alibaba1688
