"""Plans like another one: what shares its rarest words, for a reader. Kept for some minutes: pages stay fast."""

from __future__ import annotations

from hashlib import blake2b

from django.core.cache import cache

from search.service import Query, current_engine

SECONDS = 600
KEPT = 20
KIND = "plan"


def similar_plans(kind: str, page_id: int, access: frozenset[str]) -> list[int]:
    """Return ids of plans like the page, the most similar first, among those that carry a token of the reader.

    They are as of some minutes ago: ask the database which of them may be shown now. Raises SearchUnavailable.
    """
    readers = blake2b(" ".join(sorted(access)).encode(), digest_size=8).hexdigest()
    key = f"similar:{kind}:{page_id}:{readers}"
    found = cache.get(key)
    if found is None:
        query = Query(access=access, filters={"kind": (KIND,)}, limit=KEPT)
        result = current_engine().similar(kind, str(page_id), query)
        found = [int(hit.object_id) for hit in result.hits]
        cache.set(key, found, SECONDS)
    return found
