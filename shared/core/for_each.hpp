// SAMPAN_FOR_EACH(macro, first, a, b, c) is macro(first, a) macro(first, b) macro(first, c); up to 256 names.
#pragma once

#define SAMPAN_PARENS ()
#define SAMPAN_EXPAND(...) SAMPAN_EXPAND3(SAMPAN_EXPAND3(SAMPAN_EXPAND3(SAMPAN_EXPAND3(__VA_ARGS__))))
#define SAMPAN_EXPAND3(...) SAMPAN_EXPAND2(SAMPAN_EXPAND2(SAMPAN_EXPAND2(SAMPAN_EXPAND2(__VA_ARGS__))))
#define SAMPAN_EXPAND2(...) SAMPAN_EXPAND1(SAMPAN_EXPAND1(SAMPAN_EXPAND1(SAMPAN_EXPAND1(__VA_ARGS__))))
#define SAMPAN_EXPAND1(...) __VA_ARGS__
#define SAMPAN_FOR_EACH(macro, first, ...) __VA_OPT__(SAMPAN_EXPAND(SAMPAN_FOR_EACH_STEP(macro, first, __VA_ARGS__)))
#define SAMPAN_FOR_EACH_STEP(macro, first, head, ...) \
  macro(first, head) __VA_OPT__(SAMPAN_FOR_EACH_AGAIN SAMPAN_PARENS(macro, first, __VA_ARGS__))
#define SAMPAN_FOR_EACH_AGAIN() SAMPAN_FOR_EACH_STEP
