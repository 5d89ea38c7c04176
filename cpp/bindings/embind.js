// Embind registers every type that C++ has; our tables pass numbers only. Without the code for the others the glue
// is a quarter smaller.
mergeInto(LibraryManager.library, {
  _embind_register_bigint: function () {},
  _embind_register_std_string: function () {},
  _embind_register_std_wstring: function () {},
  _embind_register_emval: function () {},
  _embind_register_memory_view: function () {},
});
