package dev.tumbler.client.model;

import java.util.List;

/**
 * One page of a list that the service numbers.
 *
 * @param items what is on the page; empty past the end
 * @param pageNumber the number of the page, from 1
 * @param pageSize the greatest number of entries on a page
 * @param totalCount the number of entries on all pages
 * @param requestId the id that the service gave to the request, or an empty text if the answer had none
 */
public record Page<T>(List<T> items, int pageNumber, int pageSize, int totalCount, String requestId) {
    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }

    /** Returns whether pages follow, as far as this one tells. */
    public boolean hasNext() {
        return !items.isEmpty() && (long) pageNumber * pageSize < totalCount;
    }
}
