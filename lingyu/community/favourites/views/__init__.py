"""The pages of favourites: `keeping` an article and filing it, the `shelf` with its folders."""
