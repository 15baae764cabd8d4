package dev.tumbler.client.model;

/**
 * What a list of secrets can be narrowed by.
 *
 * @param value the text as the service writes it, case included; values that this version does not know survive
 */
public record FilterKey(String value) {
    /** The name of the secret. */
    public static final FilterKey SECRET_NAME = new FilterKey("SecretName");

    /** The description. */
    public static final FilterKey DESCRIPTION = new FilterKey("Description");

    /** The key of a tag. */
    public static final FilterKey TAG_KEY = new FilterKey("TagKey");

    /** The value of a tag. */
    public static final FilterKey TAG_VALUE = new FilterKey("TagValue");

    /** The KMS instance. */
    public static final FilterKey DKMS_INSTANCE_ID = new FilterKey("DKMSInstanceId");

    /** The type of the secret. */
    public static final FilterKey SECRET_TYPE = new FilterKey("SecretType");

    /** Who created the secret. */
    public static final FilterKey CREATOR = new FilterKey("Creator");

    @Override
    public String toString() {
        return value;
    }
}
