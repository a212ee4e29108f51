"""Column words: what each known program calls its columns, as `Column, other spelling = slot` lines.

Columns that are not named here are kept beside the record as they are.
"""

from __future__ import annotations

GOOGLE = """
Name = name
First Name, Given Name = first
Middle Name, Additional Name = middle
Last Name, Family Name = last
Name Prefix = prefix
Name Suffix = suffix
Nickname = nickname
Organization Name = account
Organization Title = title
Organization Department = department
Birthday = birthday
Notes = about
Language = language
Hobby = interests
Labels, Group Membership = tags
"""
"""Both layouts; the numbered groups (`E-mail 1 - Value`) are read as groups."""

HUBSPOT = """
Record ID = source:hubspot
First Name = first
Last Name = last
Salutation = prefix
Email = email
Phone Number = phone
Mobile Phone Number = phone:mobile
Job Title = title
Company Name = account
Associated Company, Primary Associated Company = account:;
Associated Company IDs, Associated Company ID = account_id:hubspot
Street Address = street
City = city
State/Region = region
Postal Code = postal
Country/Region = country
Website URL = link
LinkedIn URL = link:linkedin
Birthday, Date of Birth, Birth Date = birthday
Preferred Language = language
"""

HUBSPOT_COMPANIES = """
Record ID = account_source:hubspot
Company name = account
Phone Number = account_phone
Street Address = account_address
Postal Code = account_address
City = account_city
Country/Region = account_country
Industry = account_industry
Company Domain Name = account_domain
Website URL = account_link
Lifecycle Stage = account_status
Description, About Us = account_about
"""

SALESFORCE = """
Contact ID = source:salesforce
Account ID = account_id:salesforce
Account Name = account
Salutation = prefix
First Name = first
Middle Name = middle
Last Name = last
Suffix = suffix
Title = title
Department = department
Email = email
Phone = phone:work
Mobile = phone:mobile
Home Phone = phone:home
Other Phone = phone:other
Fax = phone:work fax
Mailing Street = street
Mailing City = city
Mailing State/Province, Mailing State = region
Mailing Zip/Postal Code, Mailing Postal Code = postal
Mailing Country = country
Other Street = street:other
Other City = city:other
Other State/Province = region:other
Other Zip/Postal Code = postal:other
Other Country = country:other
Birthdate = birthday
Description = about
"""
"""A report of contacts and accounts; what belongs to the account carries the account's name."""

SALESFORCE_ACCOUNTS = """
Account ID = account_source:salesforce
Account Name = account
Website = account_link
Phone = account_phone
Type = account_status
Industry = account_industry
Billing Street = account_address
Billing Zip/Postal Code, Billing Postal Code = account_address
Billing City = account_city
Billing Country = account_country
Description = account_about
"""

SALESFORCE_CONTACT_ROWS = """
Id = source:salesforce
AccountId = account_id:salesforce
ReportsToId = reports_to:salesforce
Salutation = prefix
FirstName = first
MiddleName = middle
LastName = last
Suffix = suffix
Title = title
Department = department
Email = email
Phone = phone:work
MobilePhone = phone:mobile
HomePhone = phone:home
OtherPhone = phone:other
Fax = phone:work fax
MailingStreet = street
MailingCity = city
MailingState = region
MailingPostalCode = postal
MailingCountry = country
OtherStreet = street:other
OtherCity = city:other
OtherState = region:other
OtherPostalCode = postal:other
OtherCountry = country:other
Birthdate = birthday
Description = about
Name = skip
IsDeleted = skip
"""

SALESFORCE_ACCOUNT_ROWS = """
Id = account_source:salesforce
Name = account
Type = account_status
Phone = account_phone
Fax = account_phone:fax
Website = account_link
Industry = account_industry
BillingStreet = account_address
BillingPostalCode = account_address
BillingCity = account_city
BillingCountry = account_country
Description = account_about
IsDeleted = skip
"""

LINKEDIN = """
First Name = first
Last Name = last
URL = link:linkedin
Email Address = email
Company = account
Position = title
"""

OTHER = """
Name, Full Name, Display Name, Contact, Contact Name, Nimi, Koko nimi, Yhteyshenkilö = name
First Name, Given Name, Forename, Etunimi = first
Middle Name, Toinen nimi = middle
Last Name, Family Name, Surname, Sukunimi = last
Nickname, Lempinimi, Kutsumanimi = nickname
Company, Company Name, Organization, Organisation, Organization Name, Account, Account Name = account
Customer, Customer Name, Employer, Yritys, Yrityksen nimi, Organisaatio, Asiakas, Työnantaja = account
Title, Job Title, Position, Titteli, Tehtävä, Tehtävänimike, Työnimike, Ammattinimike, Asema = title
Department, Osasto = department
Email, E-mail, Mail, Email Address, E-mail Address, Sähköposti, Sähköpostiosoite, S-posti = email
Work Email, Email Work, Business Email, Työsähköposti = email:work
Home Email, Email Home, Personal Email, Private Email = email:home
Phone, Phone Number, Telephone, Tel, Puhelin, Puhelinnumero, Puh = phone
Mobile, Mobile Phone, Phone Mobile, Mobile Number, Cell, Cell Phone = phone:mobile
Matkapuhelin, Kännykkä, GSM = phone:mobile
Work Phone, Phone Work, Business Phone, Työpuhelin = phone:work
Home Phone, Phone Home, Kotipuhelin = phone:home
Fax, Faksi = phone:fax
Website, Web Page, Homepage, URL, Web, WWW, Web-sivu, Kotisivu, Kotisivut, Verkkosivu, Verkkosivut = link
LinkedIn = link:linkedin
Address, Postal Address, Osoite, Postiosoite = address
Street, Street Address, Katuosoite, Lähiosoite, Katu = street
Postal Code, Postcode, Zip, Zip Code, Postinumero = postal
City, Town, Kaupunki, Postitoimipaikka, Paikkakunta = city
State, Region, Province, Maakunta = region
Country, Maa = country
Birthday, Birthdate, Birth Date, Date of Birth, Syntymäpäivä, Syntymäaika = birthday
Anniversary, Vuosipäivä = occasion:Anniversary
Wedding Anniversary, Wedding, Hääpäivä = occasion:Wedding anniversary
Name Day, Nimipäivä = occasion:Name day
Time Zone, Timezone, Aikavyöhyke = timezone
Language, Kieli = language
Interests, Hobby, Hobbies, Kiinnostukset, Harrastukset, Harrastus = interests
Tags, Labels, Categories, Category, Groups, Group, Tunnisteet, Ryhmät, Ryhmä, Luokat, Luokka = tags
Notes, Note, Comments, Comment, Remarks, Muistiinpanot, Muistiinpano, Huomautukset, Lisätiedot = about
Kommentti, Kommentit = about
Industry, Toimiala = account_industry
"""
"""Plain English and Finnish names. A name that means several things (Location, Owner, ID) is not here."""
