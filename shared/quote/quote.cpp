#include "shared/quote/quote.hpp"

#include <algorithm>

namespace sampan {
namespace {

constexpr size_t longest_label_line = 35;  // what carriers print
constexpr size_t longest_name = 60;

// The next character of valid UTF-8, which is taken from the front.
uint32_t take_character(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const size_t bytes = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  uint32_t character = bytes == 1 ? first : first & (0xffU >> (bytes + 1));
  for (size_t i = 1; i < bytes && i < text.size(); ++i)
    character = character << 6 | (static_cast<unsigned char>(text[i]) & 0x3fU);
  text.remove_prefix(std::min(bytes, text.size()));
  return character;
}

// Latin letters with their marks (é, ø, ő, ế), and what stands between them.
bool is_latin(std::string_view text) {
  while (!text.empty()) {
    const uint32_t c = take_character(text);
    const bool is_ascii = c >= 0x20 && c <= 0x7e;
    const bool has_marks = (c >= 0xc0 && c <= 0x24f) || (c >= 0x1e00 && c <= 0x1eff) || c == 0x2019;
    if (!is_ascii && !has_marks) return false;
  }
  return true;
}

// E.164: a plus and 7 to 15 digits; spaces between them are how people write it.
bool is_phone(std::string_view text) {
  size_t digits = 0;
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == ' ') continue;
    if (text[i] < '0' || text[i] > '9') return false;
    ++digits;
  }
  return text.front() == '+' && digits >= 7 && digits <= 15;
}

// Of UTF-8: every byte but those that continue a character.
size_t characters(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

Result<void> needs(const std::string& value, const char* what) {
  if (value.find_first_not_of(' ') == std::string::npos)
    return fail(ErrorCode::bad_input, std::string("The carrier needs ") + what + ".");
  return done();
}

}  // namespace

std::string part_name(const SellerKey& seller) {
  return std::string(word(seller.marketplace)) + ":" + seller.seller_id.value;
}

Result<void> check_recipient(const Recipient& recipient) {
  TRY_DO(needs(recipient.name, "the recipient's name"));
  TRY_DO(needs(recipient.line1, "a street and a house number"));
  TRY_DO(needs(recipient.city, "a city"));
  TRY_DO(needs(recipient.postcode, "a postcode"));
  TRY_DO(needs(recipient.phone, "a phone number"));
  for (const std::string* field : {&recipient.name, &recipient.line1, &recipient.line2, &recipient.city})
    if (!is_latin(*field))
      return fail(ErrorCode::bad_input, "The carrier needs the name and the address in Latin letters.");
  if (characters(recipient.name) > longest_name)
    return fail(ErrorCode::bad_input, "The carrier prints at most 60 characters of a name.");
  if (characters(recipient.line1) > longest_label_line || characters(recipient.line2) > longest_label_line)
    return fail(ErrorCode::bad_input, "An address line has at most 35 characters; use the second line.");
  if (!is_phone(recipient.phone))
    return fail(ErrorCode::bad_input, "A phone number begins with + and the country's code.");
  if (recipient.email.find('@') == std::string::npos)
    return fail(ErrorCode::bad_input, "An e-mail address is needed, for news of the parcel.");
  return done();
}

}  // namespace sampan
