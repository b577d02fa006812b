#include "shared/quote/quote.hpp"

#include <algorithm>

namespace sampan {
namespace {

constexpr size_t longest_label_line = 35;  // what carriers print

bool is_printable_latin(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
}

Result<void> needs(const std::string& value, const char* what) {
  if (value.empty()) return fail(ErrorCode::bad_input, std::string("The carrier needs ") + what + ".");
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
  if (!is_printable_latin(recipient.name))
    return fail(ErrorCode::bad_input, "The carrier needs the recipient's name in Latin letters.");
  if (recipient.line1.size() > longest_label_line || recipient.line2.size() > longest_label_line)
    return fail(ErrorCode::bad_input, "An address line has at most 35 characters; use the second line.");
  if (recipient.phone[0] != '+' || recipient.phone.size() < 8)
    return fail(ErrorCode::bad_input, "A phone number begins with + and the country's code.");
  if (recipient.email.find('@') == std::string::npos)
    return fail(ErrorCode::bad_input, "An e-mail address is needed, for news of the parcel.");
  return done();
}

}  // namespace sampan
