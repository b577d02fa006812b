#include "shared/catalog/goods_class.hpp"

#include <algorithm>
#include <set>

namespace sampan {
namespace {

tl::unexpected<Error> bad_row(size_t row, std::string_view what) {
  return fail(ErrorCode::bad_data, "The goods classes cannot be used: a row is wrong.",
              "classes row " + std::to_string(row + 1) + ": " + std::string(what));
}

bool is_hs6(std::string_view text) {
  return text.size() == 6 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool has_all(std::string_view text, const std::vector<std::string>& words) {
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) { return text.find(word) != text.npos; });
}

bool has_any(std::string_view text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return text.find(word) != text.npos; });
}

size_t bytes_of(const std::vector<std::string>& words) {
  size_t bytes = 0;
  for (const std::string& word : words) bytes += word.size();
  return bytes;
}

// Longer is more; of two equally long the one in the title is.
struct Strength {
  size_t bytes = 0;
  bool in_title = false;
  bool operator<(const Strength& other) const {
    return bytes != other.bytes ? bytes < other.bytes : !in_title && other.in_title;
  }
};

}  // namespace

Result<GoodsClasses> parse_goods_classes(std::string_view json) {
  auto parsed = from_json<GoodsClasses>(json);
  if (!parsed) return fail(ErrorCode::bad_data, "The goods classes cannot be read.", parsed.error().context);
  if (parsed->format != "sampan-goods-classes/1")
    return fail(ErrorCode::bad_data, "The goods classes have another format than sampan-goods-classes/1.");
  std::set<std::vector<std::string>> seen;
  for (size_t i = 0; i < parsed->classes.size(); ++i) {
    const GoodsClassRow& row = parsed->classes[i];
    if (row.words.empty() || has_any("", row.words)) return bad_row(i, "it needs words");
    if (!is_hs6(row.hs6)) return bad_row(i, "hs6 must be six digits");
    if (row.goods.empty()) return bad_row(i, "it needs goods");
    if (!seen.insert(row.words).second) return bad_row(i, "its words have a row already: " + row.words[0]);
  }
  for (const GoodsAttributeRow& row : parsed->attributes)
    if (row.word.empty() || row.goods.empty())
      return fail(ErrorCode::bad_data, "The goods classes cannot be used: an attribute row needs a word and goods.");
  return parsed;
}

GoodsClass goods_class(const GoodsClasses& classes, std::string_view title, const std::vector<std::string>& category) {
  std::string all(title);
  for (const std::string& step : category) all += "\n" + step;

  const GoodsClassRow* best = nullptr;
  Strength best_strength;
  for (const GoodsClassRow& row : classes.classes) {
    if (!has_all(all, row.words)) continue;
    const Strength strength{bytes_of(row.words), title.find(row.words[0]) != title.npos};
    if (best != nullptr && !(best_strength < strength)) continue;
    best = &row;
    best_strength = strength;
  }

  GoodsClass guess;
  std::set<GoodsAttribute> goods;
  if (best != nullptr) {
    guess.hs6 = best->hs6;
    guess.because = best->words;
    goods.insert(best->goods.begin(), best->goods.end());
  }
  for (const GoodsAttributeRow& row : classes.attributes)
    if (all.find(row.word) != all.npos && !has_any(all, row.except)) goods.insert(row.goods.begin(), row.goods.end());
  if (goods.size() > 1) goods.erase(GoodsAttribute::general);  // it says "nothing special"
  guess.goods.assign(goods.begin(), goods.end());
  return guess;
}

}  // namespace sampan
