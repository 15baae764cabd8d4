package dev.tumbler.client.model;

import java.util.List;

/**
 * One page of the tags of secrets; at most 200 tags. Source: KMS API reference, ListTagResources.
 *
 * @param items the tags on the page
 * @param nextToken the place where the list goes on, or an empty text on the last page
 * @param requestId the id that the service gave to the request, or an empty text if the answer had none
 */
public record ListTagResourcesResult(List<SecretTag> items, String nextToken, String requestId) {
    /** Copies the items. */
    public ListTagResourcesResult {
        items = List.copyOf(items);
    }

    /** Returns whether pages follow. */
    public boolean hasNext() {
        return !nextToken.isEmpty();
    }
}
