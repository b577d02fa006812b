#include "shared/rates/ecb.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "shared/core/decimal.hpp"

namespace sampan {
namespace {

constexpr size_t most_levels = 16;
constexpr size_t most_attributes = 16;

struct Attribute {
  std::string_view name;
  std::string_view value;
};

enum class TagKind { opening, closing, empty };

struct Tag {
  TagKind kind{};
  std::string_view name;
  std::vector<Attribute> attributes;

  std::optional<std::string_view> find(std::string_view attribute) const {
    for (const Attribute& each : attributes)
      if (each.name == attribute) return each.value;
    return std::nullopt;
  }
};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' || c == '_' ||
         c == '-' || c == '.';
}

class Scanner {
 public:
  explicit Scanner(std::string_view xml) : xml_(xml) {
    if (xml_.substr(0, 3) == "\xef\xbb\xbf") at_ = 3;  // the byte order mark of UTF-8
  }

  tl::unexpected<Error> bad(std::string_view why) const {
    return fail(ErrorCode::bad_reply, "The reference rates of the ECB cannot be read.",
                "ecb, byte " + std::to_string(at_) + ": " + std::string(why));
  }

  // The next tag, or nothing at the end of the document.
  Result<std::optional<Tag>> next() {
    while (true) {
      const size_t open = xml_.find('<', at_);
      if (open == xml_.npos) return std::nullopt;
      at_ = open;
      if (xml_.substr(at_, 4) == "<!--") {
        TRY_DO(skip_past("-->"));
      } else if (xml_.substr(at_, 2) == "<?") {
        TRY_DO(skip_past("?>"));
      } else {
        TRY(Tag found, tag());
        return std::optional<Tag>(std::move(found));
      }
    }
  }

 private:
  Result<void> skip_past(std::string_view end) {
    const size_t found = xml_.find(end, at_);
    if (found == xml_.npos) return bad("an unfinished comment or instruction");
    at_ = found + end.size();
    return done();
  }

  bool take(char expected) {
    if (at_ >= xml_.size() || xml_[at_] != expected) return false;
    ++at_;
    return true;
  }
  bool skip_space() {
    const size_t before = at_;
    while (at_ < xml_.size() && is_space(xml_[at_])) ++at_;
    return at_ > before;
  }
  std::string_view name() {
    const size_t start = at_;
    while (at_ < xml_.size() && is_name_character(xml_[at_])) ++at_;
    return xml_.substr(start, at_ - start);
  }

  Result<Tag> tag() {
    ++at_;  // '<'
    Tag tag;
    if (take('/')) tag.kind = TagKind::closing;
    tag.name = name();
    if (tag.name.empty()) return bad("a tag without a name");
    while (true) {
      const bool spaced = skip_space();
      if (take('>')) return tag;
      if (tag.kind == TagKind::closing) return bad("a closing tag with attributes");
      if (take('/')) {
        if (!take('>')) return bad("a stray slash");
        tag.kind = TagKind::empty;
        return tag;
      }
      if (!spaced || tag.attributes.size() >= most_attributes) return bad("a malformed tag");
      TRY(const Attribute read, attribute());
      if (tag.find(read.name)) return bad("an attribute twice");
      tag.attributes.push_back(read);
    }
  }

  Result<Attribute> attribute() {
    const std::string_view its_name = name();
    skip_space();
    if (its_name.empty() || !take('=')) return bad("a malformed attribute");
    skip_space();
    const char quote = at_ < xml_.size() ? xml_[at_] : '\0';
    if (quote != '"' && quote != '\'') return bad("an attribute without quotes");
    const size_t start = ++at_;
    const size_t end = xml_.find(quote, start);
    if (end == xml_.npos) return bad("an attribute without an end");
    const std::string_view value = xml_.substr(start, end - start);
    if (value.find_first_of("<&") != value.npos) return bad("an entity or a tag in an attribute");
    at_ = end + 1;
    return Attribute{its_name, value};
  }

  std::string_view xml_;
  size_t at_ = 0;
};

// <Cube time="2024-06-28">
Result<void> add_day(const Scanner& scanner, const Tag& tag, std::vector<EcbDay>& days) {
  const auto day = parse_day(*tag.find("time"));
  if (!day) return scanner.bad("a day that no calendar has");
  const bool again = std::any_of(days.begin(), days.end(), [&](const EcbDay& each) { return each.day == *day; });
  if (again) return scanner.bad("a day twice");
  days.push_back({*day, {}});
  return done();
}

// <Cube currency="USD" rate="1.0705"/>
Result<void> add_rate(const Scanner& scanner, const Tag& tag, std::vector<EcbDay>& days) {
  const std::string_view code = *tag.find("currency");
  const auto rate = tag.find("rate");
  const bool is_code =
      code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!is_code || !rate || days.empty()) return scanner.bad("a rate without its currency, its figure or its day");
  const auto per_euro = scaled(*rate, ecb_digits);
  if (!per_euro || *per_euro <= 0) return scanner.bad("a rate that is no decimal number above zero");
  const auto currency = parse_currency(code);
  if (!currency) return done();
  std::vector<EcbRate>& rates = days.back().rates;
  const bool again =
      std::any_of(rates.begin(), rates.end(), [&](const EcbRate& each) { return each.currency == *currency; });
  if (again) return scanner.bad("a currency twice on one day");
  rates.push_back({*currency, *per_euro});
  return done();
}

}  // namespace

Result<std::vector<EcbDay>> parse_ecb(std::string_view xml) {
  Scanner scanner(xml);
  std::vector<EcbDay> days;
  std::vector<std::string_view> open;
  size_t roots = 0;
  while (true) {
    TRY(const std::optional<Tag> tag, scanner.next());
    if (!tag) break;
    if (tag->kind == TagKind::closing) {
      if (open.empty() || open.back() != tag->name) return scanner.bad("a closing tag that closes nothing");
      open.pop_back();
      continue;
    }
    if (open.empty() && (roots++ > 0 || tag->name != "gesmes:Envelope")) return scanner.bad("not one gesmes:Envelope");
    if (tag->name == "Cube" && tag->find("time")) {
      TRY_DO(add_day(scanner, *tag, days));
    } else if (tag->name == "Cube" && tag->find("currency")) {
      TRY_DO(add_rate(scanner, *tag, days));
    }
    if (tag->kind == TagKind::opening) open.push_back(tag->name);
    if (open.size() > most_levels) return scanner.bad("nested too deeply");
  }
  if (!open.empty()) return scanner.bad("the document ends in the middle");
  const bool hollow = std::any_of(days.begin(), days.end(), [](const EcbDay& each) { return each.rates.empty(); });
  if (days.empty() || hollow) return scanner.bad("a document or a day without rates");
  return days;
}

}  // namespace sampan
