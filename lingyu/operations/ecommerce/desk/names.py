"""The names behind the codes in sales facts."""

from ..models import Product


def product_names(keys: list) -> dict[str, str]:
    """Titles by SKU."""
    return Product.objects.titled(keys)
