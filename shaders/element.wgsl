// The type of what flows between layers, of the kernels it is multiplied with and of the products; sums are always f32,
// and so is everything that is only added. In half precision the loader writes `alias element = f16;`.
alias element = f32;
