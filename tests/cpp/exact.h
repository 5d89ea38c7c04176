// Exact values to compare results with: MPFR's arithmetic with 200 bits, and errors in units in the last place.
#pragma once

#include <mpfr.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace exact {

/// A real number with 200 bits, which never overflows here.
class Real {
 public:
  Real(double value = 0) {
    mpfr_init2(value_, 200);
    mpfr_set_d(value_, value, MPFR_RNDN);
  }
  Real(const Real& other) : Real() { *this = other; }
  ~Real() { mpfr_clear(value_); }
  Real& operator=(const Real& other) {
    mpfr_set(value_, other.value_, MPFR_RNDN);
    return *this;
  }

  Real& operator+=(const Real& other) {
    mpfr_add(value_, value_, other.value_, MPFR_RNDN);
    return *this;
  }
  Real& operator-=(const Real& other) {
    mpfr_sub(value_, value_, other.value_, MPFR_RNDN);
    return *this;
  }
  Real& operator*=(const Real& other) {
    mpfr_mul(value_, value_, other.value_, MPFR_RNDN);
    return *this;
  }
  Real& operator/=(const Real& other) {
    mpfr_div(value_, value_, other.value_, MPFR_RNDN);
    return *this;
  }
  friend Real operator+(Real a, const Real& b) { return a += b; }
  friend Real operator-(Real a, const Real& b) { return a -= b; }
  friend Real operator*(Real a, const Real& b) { return a *= b; }
  friend Real operator/(Real a, const Real& b) { return a /= b; }
  friend Real operator-(const Real& a) { return Real(0) - a; }
  friend bool operator<(const Real& a, const Real& b) { return mpfr_less_p(a.value_, b.value_) != 0; }

  friend Real abs(Real a) { return mpfr_abs(a.value_, a.value_, MPFR_RNDN), a; }
  friend Real exp(Real a) { return mpfr_exp(a.value_, a.value_, MPFR_RNDN), a; }
  friend Real log(Real a) { return mpfr_log(a.value_, a.value_, MPFR_RNDN), a; }
  friend Real log1p(Real a) { return mpfr_log1p(a.value_, a.value_, MPFR_RNDN), a; }

  explicit operator double() const { return mpfr_get_d(value_, MPFR_RNDN); }
  explicit operator float() const { return mpfr_get_flt(value_, MPFR_RNDN); }

  /// This times 2^power.
  Real scaled(long power) const {
    Real result(*this);
    mpfr_mul_2si(result.value_, value_, power, MPFR_RNDN);
    return result;
  }
  /// e, where 2^(e-1) <= |this| < 2^e; for 0 as small as can be.
  long exponent() const { return mpfr_zero_p(value_) ? std::numeric_limits<int>::min() : mpfr_get_exp(value_); }

 private:
  mpfr_t value_;
};

/// A row of finite logits, where every class has what it takes to keep all digits.
class Row {
 public:
  template <class T>
  explicit Row(std::span<const T> x) {
    argmax_ = std::max_element(x.begin(), x.end()) - x.begin();
    for (const T logit : x) {
      gap_.push_back(Real(logit) - Real(x[argmax_]));
      exp_.push_back(exp(gap_.back()));
    }
    for (std::size_t c = 0; c < x.size(); ++c) {
      if (c != argmax_) others_ += exp_[c];
    }
    sum_ = Real(1) + others_;
    log_sum_ = log1p(others_);
  }

  Real log_prob(std::size_t c) const { return gap_[c] - log_sum_; }
  Real prob(std::size_t c) const { return exp_[c] / sum_; }
  /// 1 - prob(c): the sum of the others' probabilities.
  Real one_minus_prob(std::size_t c) const { return (c == argmax_ ? others_ : Real(1) + (others_ - exp_[c])) / sum_; }

 private:
  std::size_t argmax_;
  std::vector<Real> gap_, exp_;
  Real others_, sum_, log_sum_;
};

/// How far a result is from the exact value, in units in the last place of T at the exact value, or at size where that
/// is more. 0 where T has only an infinity for the value, and that is the result.
template <class T>
double ulps(T result, const Real& value, const Real& size = 0) {
  using Limits = std::numeric_limits<T>;
  if (std::isnan(result)) return std::numeric_limits<double>::infinity();
  if (std::isinf(result)) return static_cast<T>(value) == result ? 0 : std::numeric_limits<double>::infinity();
  const long exponent = std::max<long>({value.exponent(), size.exponent(), Limits::min_exponent});
  return std::abs(static_cast<double>((value - Real(result)).scaled(Limits::digits - exponent)));
}

}  // namespace exact
