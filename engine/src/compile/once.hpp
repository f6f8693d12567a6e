// A value that is worked out by whoever asks first, on whichever thread; the others wait and get the same.
#pragma once

#include <mutex>
#include <optional>

namespace theriac::detail {

template <class T>
class Once {
 public:
  template <class Make>
  const T& get(const Make& make) const {
    std::call_once(flag_, [&] { value_.emplace(make()); });
    return *value_;
  }

 private:
  mutable std::once_flag flag_;
  mutable std::optional<T> value_;
};

}  // namespace theriac::detail
