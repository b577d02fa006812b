// A pasted text, taken apart into its links and the words around them.
//
// Shape   a link begins with http:// or https:// (any case, "\" for "/" as WHATWG reads it) or with a listed host;
//         it ends at white space, CJK punctuation, quotes and brackets, without the punctuation that closes a sentence
// Source  upstream.md 7; tests/unit/marketplace/link_test.cpp
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sampan {

struct LinkText {
  std::vector<std::string> links;  // each with a scheme
  std::string words;               // the text without them
};
LinkText take_apart(std::string_view text);

// The text as one link with a scheme, when it begins like one.
std::optional<std::string> as_link(std::string_view text);

// The link up to its first character beyond ASCII: Chinese words follow links without a space.
std::string_view before_foreign_words(std::string_view link);

// 口令: 8 to 12 letters or digits between two of ￥ ¥ ₤ $ € ( ) /.
bool has_share_code(std::string_view words);

// Whether the text is made of product ids only.
bool is_only_numbers(std::string_view text);

// 5 to 19 digits, no leading zero.
bool is_product_id(std::string_view text);

}  // namespace sampan
